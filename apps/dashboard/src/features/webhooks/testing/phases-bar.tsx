import type { AttemptTimingsDocument } from '@schoolbell/api-client';
import { duration } from '../../../ui/numbers.ts';
import { cx } from '../../../ui/cx.ts';
import { phasesOf } from './phases.ts';

/** The time of an attempt by its parts, as a bar and in words. */
export function PhasesBar({ timings }: { timings: AttemptTimingsDocument }) {
  const phases = phasesOf(timings);
  const words = phases.map(({ label, ms }) => `${label} ${duration(ms)}`).join(' · ');
  return (
    <div className="flex flex-col gap-1">
      <div aria-hidden className="flex h-2 overflow-hidden rounded-full bg-calm-tint">
        {phases.map(({ label, share, color }) => (
          <div key={label} className={cx('h-full', color)} style={{ width: `${share}%` }} />
        ))}
      </div>
      <p className="text-xs text-muted tabular-nums">
        {words || 'No connection was made'}
        {timings.totalMs !== null && ` · ${duration(timings.totalMs)} in all`}
      </p>
    </div>
  );
}
