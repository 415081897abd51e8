import { X } from 'lucide-react';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';
import { Button } from '../../ui/button.tsx';
import { ERROR_CODES, errorCodeLabel } from '../../ui/error-words.ts';
import { inZone } from '../../ui/instants.ts';
import { Select } from '../../ui/select.tsx';
import { webhookName } from '../../ui/webhook-name.ts';
import type { Filters } from './selection.ts';
import { useFilters } from './use-filters.ts';

const EVERY_ERROR = { value: '', label: 'Every error' };
const ERRORS = [
  EVERY_ERROR,
  ...ERROR_CODES.map((code) => ({ value: code as string, label: errorCodeLabel(code) })),
];

/** Narrows both groups and list. Further filters from the address are shown and can be removed. */
export function DeadLetterFilters() {
  const [filters, change] = useFilters();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <WebhookChoice
        value={filters.webhookId ?? ''}
        onChange={(webhookId) => change({ webhookId: webhookId || undefined })}
      />
      <Select
        label="Error"
        className="w-full sm:w-60"
        value={filters.errorCode ?? ''}
        choices={ERRORS}
        onChange={(errorCode) =>
          change({ errorCode: errorCode || undefined, responseStatus: undefined })
        }
      />
      {chipsOf(filters).map(([name, words]) => (
        <Button
          key={name}
          size="small"
          icon={<X aria-hidden className="size-3.5" />}
          onClick={() => change({ [name]: undefined })}
          aria-label={`Without the filter: ${words}`}
        >
          {words}
        </Button>
      ))}
    </div>
  );
}

function chipsOf({ responseStatus, type, from, to }: Filters): [keyof Filters, string][] {
  const chips: [keyof Filters, string | undefined][] = [
    ['responseStatus', responseStatus && `Answered ${responseStatus}`],
    ['type', type],
    ['from', from && `From ${shown(from)}`],
    ['to', to && `Before ${shown(to)}`],
  ];
  return chips.filter((chip): chip is [keyof Filters, string] => Boolean(chip[1]));
}

/** An address may hold any text. */
const shown = (instant: string): string =>
  Number.isNaN(Date.parse(instant)) ? instant : inZone(instant, 'full');

function WebhookChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { data = [] } = useEveryWebhook();
  const known = data.map((webhook) => ({ value: webhook.id, label: webhookName(webhook) }));
  const isKnown = value === '' || known.some((choice) => choice.value === value);
  return (
    <Select
      label="Webhook"
      className="w-full sm:w-60"
      value={value}
      onChange={onChange}
      choices={[
        { value: '', label: 'Every webhook' },
        ...known,
        ...(isKnown ? [] : [{ value, label: 'A deleted webhook' }]),
      ]}
    />
  );
}
