import { useNow } from './use-now.ts';
import { agoOf, inZone, inUtc } from './instants.ts';

interface TimeProps {
  /** RFC 3339. */
  at: string;
  /** `ago` shows "2 min ago" or "in 58 min"; `full` the date and time in the viewer's zone. */
  as?: 'ago' | 'full' | 'time';
  className?: string;
}

/** A moment, with the viewer's zone and UTC on hover. */
export function Time({ at, as = 'ago', className }: TimeProps) {
  const now = useNow();
  const text = as === 'ago' ? agoOf(at, now) : inZone(at, as);
  return (
    <time dateTime={at} title={`${inZone(at, 'full')}\n${inUtc(at)}`} className={className}>
      {text}
    </time>
  );
}
