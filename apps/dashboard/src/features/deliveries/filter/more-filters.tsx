import { SlidersHorizontal } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useFilters } from '../use-filters.ts';
import { AnswerFilter } from './answer-filter.tsx';
import { IdFilter } from './id-filter.tsx';
import { RangeFilter } from './range-filter.tsx';
import { TypeFilter } from './type-filter.tsx';
import { WebhookFilter } from './webhook-filter.tsx';

/** On a phone: the id filter, and the others behind a button, so that deliveries are in sight. */
export function MoreFilters() {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const set = useCountOfSet();
  return (
    <>
      <div className="flex gap-2">
        <IdFilter />
        <Button
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          icon={<SlidersHorizontal aria-hidden className="size-4" />}
        >
          Filters{set > 0 && <span className="tabular-nums">{set}</span>}
        </Button>
      </div>
      <div id={id} className={isOpen ? 'grid grid-cols-2 gap-2' : 'hidden'}>
        <div className="col-span-2 flex flex-wrap gap-2">
          <RangeFilter />
        </div>
        <WebhookFilter />
        <TypeFilter />
        <AnswerFilter />
      </div>
    </>
  );
}

/** How many of the filters behind the button are set. */
function useCountOfSet(): number {
  const { webhookId, type, responseStatus, errorCode, from, to } = useFilters().filters;
  return [webhookId, type, responseStatus ?? errorCode, from ?? to].filter(Boolean).length;
}
