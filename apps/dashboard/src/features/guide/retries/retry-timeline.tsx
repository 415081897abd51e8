import { exactDuration, plannedAttempts } from './retry-times.ts';

/** The attempts of a cycle that fails, from the first to the dead letter; not to scale. */
export function RetryTimeline({ schedule }: { schedule: readonly number[] }) {
  const attempts = plannedAttempts(schedule);
  return (
    <ol
      aria-label="Attempts of a delivery that fails"
      className="grid gap-x-2 gap-y-4 sm:grid-cols-[repeat(auto-fill,minmax(8rem,1fr))]"
    >
      {attempts.map(({ number, waits, after }) => (
        <Step
          key={number}
          mark="bg-wait-mark"
          title={number === 1 ? 'First attempt' : `Retry ${number - 1}`}
          when={waits === 0 ? 'At once' : `${exactDuration(waits)} after the failure`}
          since={waits === 0 ? '' : `${exactDuration(after)} in all`}
        />
      ))}
      <Step
        mark="bg-bad-mark"
        title="Dead letter"
        when="When the last one fails"
        since="Retry it by hand"
      />
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
    <li className="flex flex-col">
      <span aria-hidden className="mb-1.5 flex items-center gap-2">
        <span className={`size-2.5 shrink-0 rounded-full ${mark}`} />
        <span className="h-px grow bg-line" />
      </span>
      <span className="font-medium">{title}</span>
      <span className="text-sm tabular-nums">{when}</span>
      <span className="min-h-5 text-sm text-muted tabular-nums">{since}</span>
    </li>
  );
}
