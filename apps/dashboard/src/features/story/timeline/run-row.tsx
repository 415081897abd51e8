import { ChevronDown, ChevronRight, TrendingUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { DELIVERY_STATUS } from '../../../ui/delivery-status.tsx';
import { counted } from '../../../ui/numbers.ts';
import { visible } from '../../../ui/visible.ts';
import { detailsOf } from '../event-words.ts';
import type { StoryEvent } from '../sessions.ts';
import { TimelineRow } from './moment-row.tsx';

interface RunRowProps {
  events: readonly [StoryEvent, ...StoryEvent[]];
  after: string | undefined;
  /** The single events, shown on demand. */
  children: ReactNode;
}

/** Many reports of progress as one row, with the states of their deliveries summed up. */
export function RunRow({ events, after, children }: RunRowProps) {
  const [open, setOpen] = useState(false);
  const Icon = open ? ChevronDown : ChevronRight;
  const last = events.at(-1)!;
  return (
    <>
      <TimelineRow
        icon={TrendingUp}
        at={events[0].occurredAt}
        after={after}
        chips={<span className="text-xs text-muted">{countsOf(events)}</span>}
      >
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="inline-flex items-center gap-1 rounded text-left font-medium hover:underline"
        >
          {counted(events.length, 'progress report')}
          <Icon aria-hidden className="size-4 text-muted" />
        </button>
        <p className="text-sm text-muted">to {visible(detailsOf(last)) || 'the last one'}</p>
      </TimelineRow>
      {open && children}
    </>
  );
}

/** "38 delivered, 2 dead" */
function countsOf(events: readonly StoryEvent[]): string {
  const totals = new Map<string, number>();
  for (const { deliveryCounts } of events) {
    for (const [status, times] of Object.entries(deliveryCounts)) {
      if (times > 0) totals.set(status, (totals.get(status) ?? 0) + times);
    }
  }
  if (totals.size === 0) return 'No webhook wanted them';
  const words = [...totals].map(
    ([status, times]) =>
      `${times} ${DELIVERY_STATUS[status as keyof typeof DELIVERY_STATUS].label.toLowerCase()}`,
  );
  return words.join(', ');
}
