import { CircleCheck, CircleX, Clock, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeliveryHistoryDocument } from '@schoolbell/api-client';
import { Button } from '../../../../ui/button.tsx';
import { ProblemNote } from '../../../../ui/problem-note.tsx';
import { useQueuedAfter, useRetry } from '../../retry/use-retry.ts';
import { ownAttempts } from '../../verdict/own-attempts.ts';
import { outcomeWords } from '../../words/outcome-words.ts';

/** The button, and below it the progress: queued, then the outcome. */
export function RetryInPlace({
  delivery,
  children,
}: {
  delivery: DeliveryHistoryDocument;
  /** What stands beside the button. */
  children: ReactNode;
}) {
  const retry = useRetry();
  const before = useQueuedAfter(delivery.id);
  const isUnderWay =
    before !== undefined && delivery.status === 'pending' && delivery.attemptCount <= before;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Button
          // A delivery that arrived seldom needs sending again.
          look={delivery.status === 'delivered' ? 'secondary' : 'primary'}
          className="min-w-29"
          onClick={() => retry.mutate(delivery)}
          busy={(retry.isPending || isUnderWay) && 'Queued …'}
          icon={<RotateCw aria-hidden className="size-4" />}
        >
          Retry
        </Button>
        {children}
      </div>
      {retry.error ? (
        <ProblemNote error={retry.error} title="It was not sent again" />
      ) : (
        <Outcome delivery={delivery} before={before} isUnderWay={isUnderWay} />
      )}
    </div>
  );
}

interface OutcomeProps {
  delivery: DeliveryHistoryDocument;
  before: number | undefined;
  isUnderWay: boolean;
}

/** One line, whose space is reserved from the start. */
function Outcome({ delivery, before, isUnderWay }: OutcomeProps) {
  const attempt = ownAttempts(delivery).at(-1);
  const line = 'flex min-h-5 items-center gap-1.5 text-sm';
  if (isUnderWay) {
    return (
      <p role="status" className={`${line} text-wait`}>
        <Clock aria-hidden className="size-4 shrink-0" />
        Queued, same id and same body. Its attempt has not ended yet.
      </p>
    );
  }
  if (before === undefined || !attempt || delivery.attemptCount <= before) {
    return (
      <p className={`${line} text-muted`}>
        A retry sends the same id and the same body again, signed anew.
      </p>
    );
  }
  const isDelivered = attempt.outcome === 'delivered';
  const Icon = isDelivered ? CircleCheck : CircleX;
  return (
    <p role="status" className={`${line} font-medium ${isDelivered ? 'text-good' : 'text-bad'}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      Retried, attempt {attempt.number}: {outcomeWords(attempt)}
    </p>
  );
}
