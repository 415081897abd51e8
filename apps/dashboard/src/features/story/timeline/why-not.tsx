import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { explainEventOptions } from '@schoolbell/api-client/queries';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { visible } from '../../../ui/visible.ts';
import { StandingActions } from '../../events/standing-actions.tsx';
import { StandingBadge } from '../../events/standing-badge.tsx';
import { StandingWords } from '../../events/standing-words.tsx';
import { ASK_EVERY_MS, isMoving } from '../../events/is-moving.ts';
import { webhookName } from '../../../ui/webhook-name.ts';
import { labelOf } from '../event-words.ts';
import type { StoryEvent } from '../sessions.ts';

interface WhyNotProps {
  event: StoryEvent;
  webhookId: string;
  onClose: () => void;
}

/** Why a webhook, by its present settings, did not want an event, and a button to send it anyway. */
export function WhyNot({ event, webhookId, onClose }: WhyNotProps) {
  const { data, error, refetch } = useQuery({
    ...explainEventOptions({ path: { id: event.id }, query: { limit: 100 } }),
    refetchInterval: ({ state }) =>
      state.data?.data.some(({ delivery }) => isMoving(delivery)) ? ASK_EVERY_MS : false,
  });
  const { open } = useSearch({ from: '/shell/story' });
  // The delivery opens in place of this dialog.
  useEffect(() => {
    if (open !== undefined) onClose();
    // Only for another delivery, not for each new function.
    // eslint-disable-next-line react/exhaustive-deps
  }, [open]);
  const standing = data?.data.find((one) => one.webhookId === webhookId);
  const name = standing && visible(webhookName(standing));
  return (
    <Dialog
      open
      onClose={onClose}
      title={name === undefined ? 'Why it was not wanted' : `${labelOf(event)} at ${name}`}
      actions={
        <>
          <ButtonLink look="quiet" to="/events/$eventId" params={{ eventId: event.id }}>
            All webhooks
          </ButtonLink>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-16" label="Asking why" />}
      {data && !standing && <p>The webhook was deleted.</p>}
      {standing && (
        <div className="flex flex-col items-start gap-3">
          <StandingBadge status={standing.status} />
          <StandingWords standing={standing} />
          <StandingActions event={event} standing={standing} />
        </div>
      )}
    </Dialog>
  );
}
