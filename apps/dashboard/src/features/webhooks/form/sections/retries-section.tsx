import { useWatch } from 'react-hook-form';
import { scheduleOf } from '../../settings/durations.ts';
import { RetryTimeLine } from '../../settings/retry-time-line.tsx';
import { CollapsedSection } from '../collapsed-section.tsx';
import { FormText } from '../form-fields.tsx';
import type { WebhookValues } from '../webhook-values.ts';

/** The retry schedule, drawn while it is typed. */
export function RetriesSection() {
  const schedule = scheduleOf(useWatch<WebhookValues, 'retrySchedule'>({ name: 'retrySchedule' }));
  return (
    <CollapsedSection title="Retries" says={['retrySchedule']} fields={['retrySchedule']}>
      <FormText
        name="retrySchedule"
        label="Retry schedule"
        hint="The wait after each failed attempt: 1 to 20 waits, each up to 1 day. They are stretched by up to 10 % at random."
        autoComplete="off"
        spellCheck={false}
      />
      {'fault' in schedule ? (
        <p role="status" className="min-h-20 text-sm text-bad">
          {schedule.fault}
        </p>
      ) : (
        <RetryTimeLine delays={schedule.delays} />
      )}
    </CollapsedSection>
  );
}
