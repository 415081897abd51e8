import { cx } from '../../../ui/cx.ts';
import { exactDuration, plannedAttempts } from './retry-times.ts';

/** The attempts of a failing cycle, from the first to the dead letter; not to scale. */
export function RetryTimeline({ schedule }: { schedule: readonly number[] }) {
  const attempts = plannedAttempts(schedule);
  return (
    <ol
      aria-label="Attempts of a delivery that fails"
      className="grid gap-x-2 gap-y-2 sm:grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] sm:gap-y-4"
    >
      {attempts.map(({ number, waits, after }) => (
        <Step
          key={number}
          mark="bg-wait-mark"
          title={number === 1 ? 'First attempt' : `Retry ${number - 1}`}
          when={waits === 0 ? 'At once' : `After ${exactDuration(waits)}`}
          since={waits === 0 ? '' : `${exactDuration(after)} in all`}
        />
      ))}
      <Step mark="bg-bad-mark" title="Dead letter" when="Not tried again" since="Until you retry" />
    </ol>
  );
}

interface StepProps {
  mark: string;
  title: string;
  when: string;
  since: string;
}

function Step({ mark, title, when, since }: StepProps) {
  return (
    <li className="group grid grid-cols-[1rem_6rem_1fr] content-start items-baseline sm:grid-cols-1">
      <span aria-hidden className="flex items-center gap-2 sm:mb-1.5">
        <span className={cx('size-2.5 shrink-0 rounded-full', mark)} />
        <span className="hidden h-px grow bg-line group-last:invisible sm:block" />
      </span>
      <span className="font-medium">{title}</span>
      <span className="text-sm tabular-nums">{when}</span>
      <span className="col-start-3 text-sm text-muted tabular-nums sm:col-start-1 sm:min-h-5">
        {since}
      </span>
    </li>
  );
}
