import { X } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { useWide } from '../../../ui/use-wide.ts';
import { isNarrowed } from '../filters.ts';
import { useFilters } from '../use-filters.ts';
import { AnswerFilter } from './answer-filter.tsx';
import { IdFilter } from './id-filter.tsx';
import { MoreFilters } from './more-filters.tsx';
import { RangeFilter } from './range-filter.tsx';
import { TypeFilter } from './type-filter.tsx';
import { WebhookFilter } from './webhook-filter.tsx';

/** There is no "failed": a delivery that failed and arrived later is delivered. */
const STATUSES = [
  { value: 'all', label: 'All' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'pending', label: 'Waiting' },
  { value: 'held', label: 'Held' },
  { value: 'dead', label: 'Dead' },
  { value: 'discarded', label: 'Discarded' },
] as const;

/** All filters of the list; each choice goes into the address. */
export function FilterBar() {
  const isWide = useWide();
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <StatusFilter />
        {isWide && <RangeFilter />}
      </div>
      {isWide ? (
        <div className="flex flex-wrap items-center gap-2">
          <IdFilter />
          <WebhookFilter />
          <TypeFilter />
          <AnswerFilter />
          <WhatIsSet />
        </div>
      ) : (
        <>
          <MoreFilters />
          <div className="flex flex-wrap items-center gap-2 empty:hidden">
            <WhatIsSet />
          </div>
        </>
      )}
    </div>
  );
}

function StatusFilter() {
  const { filters, change } = useFilters();
  const status = STATUSES.find(({ value }) => value === filters.status)?.value ?? 'all';
  return (
    <Segmented
      label="Status"
      value={status}
      onChange={(value) => change({ status: value === 'all' ? undefined : value })}
      choices={STATUSES}
    />
  );
}

/** A filter that another page's link has set, and a button that removes all filters. */
function WhatIsSet() {
  const { filters, clear } = useFilters();
  return (
    <>
      {filters.eventId !== undefined && <EventFilter id={filters.eventId} />}
      {isNarrowed(filters) && (
        <Button look="quiet" onClick={clear} icon={<X aria-hidden className="size-4" />}>
          Clear filters
        </Button>
      )}
    </>
  );
}

/** Set by a link of another page. */
function EventFilter({ id }: { id: string }) {
  const { change } = useFilters();
  return (
    <span className="flex h-9 max-w-full items-center gap-1 rounded-md border border-line bg-raised pr-1 pl-3">
      <span className="text-muted">Event</span>
      <code title={id} className="max-w-40 truncate font-mono text-sm">
        {id}
      </code>
      <Button
        look="quiet"
        className="size-7! p-0"
        size="small"
        aria-label="All events"
        onClick={() => change({ eventId: undefined })}
        icon={<X aria-hidden className="size-3.5" />}
      />
    </span>
  );
}
