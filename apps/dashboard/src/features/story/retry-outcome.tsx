import { CircleX, Clock } from 'lucide-react';
import type { Outcome } from './verdict/verdict-of-retried.ts';

const LOOKS = {
  sending: { icon: Clock, color: 'text-wait' },
  failed: { icon: CircleX, color: 'text-bad' },
};

const HARMLESS =
  'A retry does no harm: the event keeps its id, by which the receiver can count it once.';

interface RetryOutcomeProps {
  outcome: Outcome | undefined;
  /** Said instead of a retry that has no outcome, or succeeded. */
  aside?: string | undefined;
}

/** One line, whose space is reserved before anything is retried. Of success, the button and the verdict tell. */
export function RetryOutcome({ outcome, aside = HARMLESS }: RetryOutcomeProps) {
  const line = 'flex min-h-10 items-center gap-1.5 text-sm sm:min-h-5';
  if (!outcome || outcome.kind === 'delivered') {
    return <p className={`${line} text-muted`}>{aside}</p>;
  }
  const { icon: Icon, color } = LOOKS[outcome.kind];
  return (
    <p className={`${line} font-medium ${color}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {outcome.text}
    </p>
  );
}
