import type { WebhookExplanationDocument } from '@schoolbell/api-client';
import { RotateCw } from 'lucide-react';
import { useMay } from '../../app/session/use-me.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { opening } from '../deliveries/opening.ts';
import { sendingOf } from './can-be-sent.ts';
import { DeliverNow } from './deliver-now.tsx';
import { useRetrying } from './use-sending.ts';

interface StandingActionsProps {
  event: { id: string; type: string };
  standing: WebhookExplanationDocument;
}

/** What the signed-in user can do about an event at one webhook. */
export function StandingActions({ event, standing }: StandingActionsProps) {
  const maySend = useMay('deliveries:write');
  const sending = sendingOf(standing);
  const { deliveryId, webhookId } = standing;
  return (
    <div className="flex flex-wrap gap-2">
      {maySend && sending === 'deliver' && <DeliverNow event={event} standing={standing} />}
      {maySend && sending === 'retry' && deliveryId !== null && (
        <Retry deliveryId={deliveryId} status={standing.status} />
      )}
      {sending === 'resume' && (
        <ButtonLink size="small" to="/webhooks/$webhookId" params={{ webhookId }}>
          See the paused webhook
        </ButtonLink>
      )}
      {deliveryId !== null && (
        <ButtonLink size="small" look="quiet" {...opening(deliveryId)}>
          Open the delivery
        </ButtonLink>
      )}
    </div>
  );
}

function Retry({ deliveryId, status }: { deliveryId: string; status: string }) {
  const retry = useRetrying();
  return (
    <>
      <Button
        size="small"
        icon={<RotateCw aria-hidden className="size-3.5" />}
        busy={retry.isPending && 'Sending …'}
        onClick={() => retry.mutate({ path: { id: deliveryId } })}
        title={status === 'delivered' ? 'Sends it once more, with the same event id' : undefined}
      >
        Retry
      </Button>
      {retry.error && <ProblemNote error={retry.error} title="Not sent" />}
    </>
  );
}
