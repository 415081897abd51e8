import { useState } from 'react';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { count } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import type { GroupRowProps } from './group-row-props.ts';
import { selectionOf } from './selection.ts';
import { TrialOutcome } from './trial-outcome.tsx';
import { useFilters } from './use-filters.ts';
import { useMayAct, useStartOperation } from './use-operation.ts';
import { useTrial } from './use-trial.ts';

/** Retry one first, see the outcome, then retry the others; or discard them. */
export function GroupActions({ group, webhook, isExact, onTry }: GroupRowProps) {
  const may = useMayAct();
  const [filters] = useFilters();
  const trial = useTrial(group.key, onTry);
  const start = useStartOperation();
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const selection = selectionOf(group, filters);
  if (!may.retry) return null;
  const isPaused = webhook?.status === 'paused';
  const canRetry = webhook !== undefined && !isPaused && group.count > 0;
  const atLeast = isExact ? '' : 'at least ';
  return (
    <div className="flex flex-col gap-2.5">
      <TrialOutcome trial={trial} />
      {start.error && <ProblemNote error={start.error} title="It was not started" />}
      <div className="flex flex-wrap items-center gap-2">
        {isPaused && (
          <ButtonLink
            size="small"
            look="primary"
            to="/webhooks/$webhookId"
            params={{ webhookId: webhook.id }}
          >
            Open the webhook
          </ButtonLink>
        )}
        {canRetry && (
          <RetryButtons
            count={`${atLeast}${count(group.count)}`}
            isOne={group.count === 1 && isExact}
            outcome={trial.outcome?.kind}
            busy={trial.isStarting || start.isPending}
            onRetryOne={() => trial.start(group.example)}
            onRetryAll={selection && (() => start.mutate({ action: 'retry', selection }))}
          />
        )}
        {may.discard && selection && group.count > 0 && (
          <Button
            size="small"
            look={canRetry || isPaused ? 'quiet' : 'secondary'}
            onClick={() => setAsksToDiscard(true)}
          >
            Discard …
          </Button>
        )}
        <WhyNot webhook={webhook} />
      </div>
      {selection && (
        <DiscardDialog
          open={asksToDiscard}
          onClose={() => setAsksToDiscard(false)}
          what={`${atLeast}${count(group.count)}`}
          isOne={group.count === 1 && isExact}
          onDiscard={() => start.mutate({ action: 'discard', selection })}
        />
      )}
    </div>
  );
}

/** Why retrying now would fail, and what has to be done first. */
function WhyNot({ webhook }: Pick<GroupRowProps, 'webhook'>) {
  if (!webhook) return <p className="text-sm text-muted">These cannot be sent any more.</p>;
  if (webhook.status === 'active') return null;
  return (
    <p className="text-sm text-held">
      Its webhook is paused: resume it, then retry here. Deliveries that are retried before are
      held.
    </p>
  );
}

interface RetryButtonsProps {
  count: string;
  isOne: boolean;
  /** Outcome of the delivery that was retried first, once it is known. */
  outcome: string | undefined;
  busy: boolean;
  onRetryOne: () => void;
  onRetryAll: (() => void) | undefined;
}

/** Until one was tried, trying one is the main action; once it was delivered, retrying the others is. */
function RetryButtons({
  count: all,
  isOne,
  outcome,
  busy,
  onRetryOne,
  onRetryAll,
}: RetryButtonsProps) {
  const worked = outcome === 'delivered';
  const one = (
    <Button
      size="small"
      look="primary"
      disabled={busy || outcome === 'under way'}
      onClick={onRetryOne}
    >
      {isOne ? 'Retry' : outcome === undefined ? 'Retry one first' : 'Retry another'}
    </Button>
  );
  if (isOne || !onRetryAll) return one;
  return (
    <>
      {!worked && one}
      <Button
        size="small"
        look={worked ? 'primary' : 'secondary'}
        disabled={busy}
        onClick={onRetryAll}
      >
        {worked ? `Retry the other ${all}` : `Retry all ${all}`}
      </Button>
    </>
  );
}
