import { CircleCheck, CircleX, Clock } from 'lucide-react';
import type { Outcome } from './verdict/verdict-of-retried.ts';

const LOOKS = {
  sending: { icon: Clock, color: 'text-wait' },
  delivered: { icon: CircleCheck, color: 'text-good' },
  failed: { icon: CircleX, color: 'text-bad' },
};

/** One line, whose space is reserved before anything is retried. */
export function RetryOutcome({ outcome }: { outcome: Outcome | undefined }) {
  const line = 'flex min-h-10 items-center gap-1.5 text-sm sm:min-h-5';
  if (!outcome) {
    return <p className={`${line} text-muted`}>A retry sends the same event id and body again.</p>;
  }
  const { icon: Icon, color } = LOOKS[outcome.kind];
  return (
    <p className={`${line} font-medium ${color}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {outcome.text}
    </p>
  );
}
