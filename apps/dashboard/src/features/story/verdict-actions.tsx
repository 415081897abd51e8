import { useMutation } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useMay } from '../../app/session/use-me.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { count } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useRetrying } from '../events/use-sending.ts';
import type { Verdict } from './verdict/verdict.ts';

/** What can be done about a verdict, the most helpful first. */
export function VerdictActions({ verdict }: { verdict: Verdict }) {
  const { kind, deliveryId, eventId, webhookId, rejectionId, retryable = [] } = verdict;
  const maySend = useMay('deliveries:write');
  return (
    <>
      {maySend && retryable.length > 0 && <RetryThem deliveryIds={retryable} />}
      {webhookId !== undefined && (
        <ButtonLink size="small" to="/webhooks/$webhookId" params={{ webhookId }}>
          See the paused webhook
        </ButtonLink>
      )}
      {eventId !== undefined && (kind === 'unwanted' || kind === 'discarded') && (
        <ButtonLink
          size="small"
          look={maySend ? 'primary' : 'secondary'}
          to="/events/$eventId"
          params={{ eventId }}
        >
          See why, and deliver it
        </ButtonLink>
      )}
      {deliveryId !== undefined && (
        <ButtonLink size="small" to="/deliveries" search={{ open: deliveryId }}>
          Open the delivery
        </ButtonLink>
      )}
      {rejectionId !== undefined && (
        <ButtonLink size="small" to="/events/refused" search={{ open: rejectionId }}>
          See the refused post
        </ButtonLink>
      )}
    </>
  );
}

/** What comes of it shows in the verdict: the page looks again until the attempt has ended. */
function RetryThem({ deliveryIds }: { deliveryIds: readonly string[] }) {
  const { mutateAsync } = useRetrying();
  const all = useMutation({
    mutationFn: () => Promise.all(deliveryIds.map((id) => mutateAsync({ path: { id } }))),
  });
  return (
    <>
      <Button
        size="small"
        look="primary"
        icon={<RotateCw aria-hidden className="size-3.5" />}
        busy={all.isPending && 'Sending …'}
        onClick={() => all.mutate()}
        title="Sends the same event id and body again"
      >
        {deliveryIds.length === 1 ? 'Retry now' : `Retry all ${count(deliveryIds.length)} now`}
      </Button>
      {all.error && <ProblemNote error={all.error} title="Not sent" />}
    </>
  );
}
