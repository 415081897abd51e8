import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, Clock, Pause } from 'lucide-react';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { opening } from '../deliveries/opening.ts';
import type { Outcome } from './outcome.ts';
import type { Trial } from './use-trial.ts';

const LOOKS: Record<Outcome['kind'], { tone: string; icon: typeof Clock }> = {
  'under way': { tone: 'text-wait', icon: Clock },
  delivered: { tone: 'text-good', icon: CircleCheck },
  failed: { tone: 'text-bad', icon: CircleX },
  held: { tone: 'text-held', icon: Pause },
  discarded: { tone: 'text-calm', icon: CircleX },
};

/** The outcome of the delivery that was retried first. */
export function TrialOutcome({ trial: { error, outcome, deliveryId } }: { trial: Trial }) {
  if (error) return <ProblemNote error={error} title="It was not retried" />;
  if (!outcome) return null;
  const { tone, icon: Icon } = LOOKS[outcome.kind];
  return (
    // It has its space from the start, so that nothing below jumps.
    <p role="status" className="flex min-h-15 items-start gap-2 text-sm sm:min-h-10 lg:min-h-5">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <span>
        <span className={tone}>{outcome.words}</span>{' '}
        {deliveryId !== undefined && (
          <Link {...opening(deliveryId)} className="text-link underline">
            Open it
          </Link>
        )}
      </span>
    </p>
  );
}
