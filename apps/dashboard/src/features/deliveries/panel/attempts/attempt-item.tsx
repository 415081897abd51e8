import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import type { AttemptDocument, WebhookDocument } from '@schoolbell/api-client';
import { Badge } from '../../../../ui/badge.tsx';
import { cx } from '../../../../ui/cx.ts';
import { Time } from '../../../../ui/time.tsx';
import { outcomeWords } from '../../words/outcome-words.ts';
import { AttemptDetail } from './attempt-detail.tsx';
import { PhaseBar } from '../../../../ui/phase-bar.tsx';

const TRIGGERS: Record<AttemptDocument['trigger'], string | undefined> = {
  scheduled: undefined,
  manual: 'By hand',
  fallback: 'To the fallback',
  test: 'Test',
};
const TONES: Record<AttemptDocument['outcome'], string> = {
  delivered: 'bg-good-tint text-good',
  failed: 'bg-bad-tint text-bad',
  interrupted: 'bg-calm-tint text-calm',
};

interface AttemptItemProps {
  attempt: AttemptDocument;
  webhook: WebhookDocument | null | undefined;
  isOpen: boolean;
  isErased: boolean;
  onToggle: () => void;
}

/** An attempt in the history: how it ended, when, and where its time went. */
export function AttemptItem({ attempt, webhook, isOpen, isErased, onToggle }: AttemptItemProps) {
  const { number, outcome, trigger, at, batch } = attempt;
  const detail = useId();
  const why = TRIGGERS[trigger];
  return (
    <li className="relative grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 pb-4 not-last:before:absolute not-last:before:top-7 not-last:before:bottom-0 not-last:before:left-[0.7rem] not-last:before:w-px not-last:before:bg-line">
      <span
        aria-hidden
        className={cx(
          'mt-0.5 flex h-6 items-center justify-center rounded-full text-xs font-semibold tabular-nums',
          TONES[outcome],
        )}
      >
        {number}
      </span>
      <div className="flex min-w-0 flex-col gap-1.5">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={detail}
          onClick={onToggle}
          className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 rounded text-left"
        >
          <span className="sr-only">Attempt {number}:</span>
          <span className="font-medium">{outcomeWords(attempt)}</span>
          {why !== undefined && <Badge tone="calm">{why}</Badge>}
          {batch && <Badge tone="calm">Batch of {batch.size}</Badge>}
          <span className="ml-auto flex items-center gap-2">
            <Time at={at} as="full" className="text-xs text-muted tabular-nums" />
            <ChevronDown
              aria-hidden
              className={cx(
                'size-4 shrink-0 text-muted transition-transform',
                isOpen && 'rotate-180',
              )}
            />
          </span>
        </button>
        <PhaseBar timings={attempt.timings} />
        <div id={detail}>
          {isOpen && <AttemptDetail attempt={attempt} webhook={webhook} isErased={isErased} />}
        </div>
      </div>
    </li>
  );
}
