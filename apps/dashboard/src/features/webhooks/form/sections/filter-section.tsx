import { useWatch } from 'react-hook-form';
import { CollapsedSection } from '../collapsed-section.tsx';
import { FormTextArea } from '../form-fields.tsx';
import { ExampleResults } from '../preview/example-results.tsx';
import type { WebhookValues } from '../webhook-values.ts';

const HINT = 'JSONata over id, type, occurredAt, tenantId and data.';

/** An expression that chooses events, and its result for each example. */
export function FilterSection() {
  const filter = useWatch<WebhookValues, 'filter'>({ name: 'filter' });
  const isTemplated = useWatch<WebhookValues, 'format'>({ name: 'format' }) === 'custom';
  return (
    <CollapsedSection title="Filter" says={['filter']} fields={['filter']}>
      <FormTextArea
        name="filter"
        label="Only events for which this is true"
        hint={HINT}
        placeholder='data.successStatus = "passed"'
        rows={2}
        mono
      />
      {filter.trim() !== '' && !isTemplated && <ExampleResults />}
    </CollapsedSection>
  );
}
