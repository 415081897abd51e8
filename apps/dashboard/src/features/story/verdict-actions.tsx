import { useMay } from '../../app/session/use-me.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { opening } from '../deliveries/opening.ts';
import { RetryThem } from './retry-them.tsx';
import type { Verdict } from './verdict/verdict.ts';
import type { Outcome } from './verdict/verdict-of-retried.ts';

export interface VerdictActionsProps {
  verdict: Verdict;
  outcome: Outcome | undefined;
  onRetry: (deliveryIds: readonly string[]) => void;
  onRefused: () => void;
}

/** The actions that a verdict suggests, the most helpful first. */
export function VerdictActions({ verdict, ...retrying }: VerdictActionsProps) {
  const { kind, deliveryId, eventId, webhookId, rejectionId, retryable = [] } = verdict;
  const maySend = useMay('deliveries:write');
  const hasRetry = retryable.length > 0 || retrying.outcome !== undefined;
  return (
    <>
      {maySend && hasRetry && <RetryThem deliveryIds={retryable} {...retrying} />}
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
        <ButtonLink size="small" {...opening(deliveryId)}>
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
