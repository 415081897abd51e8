import type { AttemptTimingsDocument } from '@schoolbell/api-client';
import { cx } from './cx.ts';
import { duration } from './numbers.ts';
import { isReused, type Phase, phasesOf } from './phases.ts';

const COLORS: Record<Phase['name'], string> = {
  DNS: 'bg-phase-dns',
  Connect: 'bg-phase-connect',
  TLS: 'bg-phase-tls',
  'Waiting for the answer': 'bg-phase-answer',
  'Reading the answer': 'bg-good-mark',
};

/** The phases of an attempt, as a bar and in words. */
export function PhaseBar({ timings }: { timings: AttemptTimingsDocument }) {
  const { totalMs } = timings;
  if (totalMs === null) return null;
  const phases = phasesOf(timings);
  const shown = phases.filter(({ ms }) => ms > 0);
  return (
    <>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-calm-tint">
        {shown.map(({ name, ms }) => (
          <div
            key={name}
            title={`${name}: ${duration(ms)}`}
            className={cx('min-w-0.5', COLORS[name])}
            style={{ flexGrow: ms }}
          />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-3 text-xs text-muted tabular-nums">
        {isReused(timings) && <li>On an open connection</li>}
        {shown.map(({ name, ms }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden className={cx('size-2 rounded-full', COLORS[name])} />
            {name} {duration(ms)}
          </li>
        ))}
        <li className="ml-auto font-medium text-ink">{duration(totalMs)}</li>
      </ul>
    </>
  );
}
