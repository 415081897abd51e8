import { useWatch } from 'react-hook-form';
import { FORMATS } from '../../settings/webhook-formats.ts';
import { CollapsedSection } from '../collapsed-section.tsx';
import { FormCheckbox, FormSelect, FormText } from '../form-fields.tsx';
import type { WebhookValues } from '../webhook-values.ts';

/** One event per request or several, and in which order. */
export function OrderSection() {
  const { batchOf, title } = FORMATS[useWatch<WebhookValues, 'format'>({ name: 'format' })];
  const mode = useWatch<WebhookValues, 'delivery.mode'>({ name: 'delivery.mode' });
  const isOffered = batchOf !== undefined || mode === 'batch';
  return (
    <CollapsedSection
      title="Order and batches"
      says={['ordering', 'delivery']}
      fields={['ordering', 'delivery']}
    >
      <FormSelect
        name="ordering"
        label="Order"
        hint="With an order, an event that fails holds back the later ones of its session. Batches keep no order."
        choices={[
          { value: 'none', label: 'As they come' },
          { value: 'session', label: 'Events of one session one after the other' },
        ]}
      />
      {isOffered ? (
        <FormSelect
          name="delivery.mode"
          label="Events of a request"
          choices={[
            { value: 'single', label: 'One' },
            { value: 'batch', label: 'Several together' },
          ]}
        />
      ) : (
        <p className="text-sm text-muted">{title} has one event per request.</p>
      )}
      {mode === 'batch' && <BatchFields most={batchOf} />}
    </CollapsedSection>
  );
}

function BatchFields({ most }: { most: number | undefined }) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText
          name="delivery.maxEvents"
          label="Events at most"
          inputMode="numeric"
          placeholder={most === undefined ? undefined : String(most)}
          hint={most !== undefined && `The format has room for ${most}.`}
        />
        <FormText
          name="delivery.intervalSeconds"
          label="The oldest waits at most, seconds"
          inputMode="numeric"
          hint="1 to 3,600."
        />
      </div>
      <FormCheckbox
        name="delivery.coalesce"
        note="Older session.progress events of the session are skipped."
      >
        Only the newest progress of each session
      </FormCheckbox>
    </>
  );
}
