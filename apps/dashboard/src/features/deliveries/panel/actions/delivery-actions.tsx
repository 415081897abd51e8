import { useQueryClient } from '@tanstack/react-query';
import { Pause } from 'lucide-react';
import type { DeliveryHistoryDocument, WebhookDocument } from '@schoolbell/api-client';
import { getSettingsOptions } from '@schoolbell/api-client/queries';
import { useMay } from '../../../../app/session/use-me.ts';
import { ButtonLink } from '../../../../ui/button.tsx';
import { CopyButton } from '../../../../ui/copy-button.tsx';
import { curlOf } from '../../copy/curl.ts';
import { customerSummary } from '../../copy/customer-summary.ts';
import { whyNotRetryable } from '../../retry/is-retryable.ts';
import type { Verdict } from '../../verdict/verdict-input.ts';
import { RetryInPlace } from './retry-in-place.tsx';

interface DeliveryActionsProps {
  delivery: DeliveryHistoryDocument;
  verdict: Verdict;
  webhook: WebhookDocument | null | undefined;
}

/** Send the delivery again, or copy the proof of what happened. */
export function DeliveryActions({ delivery, verdict, webhook }: DeliveryActionsProps) {
  const mayRetry = useMay('deliveries:write');
  const why = whyNotRetryable(delivery);
  const copies = (
    <>
      <CopyCurl delivery={delivery} webhook={webhook} />
      <CopySummary delivery={delivery} verdict={verdict} />
    </>
  );
  if (mayRetry && why === undefined && webhook !== null) {
    return <RetryInPlace delivery={delivery}>{copies}</RetryInPlace>;
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {delivery.status === 'held' && (
          <ButtonLink
            look="primary"
            to="/webhooks/$webhookId"
            params={{ webhookId: delivery.webhookId }}
            icon={<Pause aria-hidden className="size-4" />}
          >
            Go to the paused webhook
          </ButtonLink>
        )}
        {copies}
      </div>
      {mayRetry && why !== undefined && <p className="text-sm text-muted">{why}</p>}
    </div>
  );
}

/** The last request as a command, if its bytes are known. */
function CopyCurl({ delivery, webhook }: Pick<DeliveryActionsProps, 'delivery' | 'webhook'>) {
  const last = delivery.attempts.findLast(({ request }) => request.body !== null);
  const body = last?.request.body;
  if (!last || body === null || body === undefined) return null;
  const sent = { url: last.url, request: { headers: last.request.headers, body } };
  return (
    <CopyButton
      text={() => curlOf(sent, webhook?.authentication)}
      title="The last request as a command; signatures and credentials are left out"
    >
      Copy as curl
    </CopyButton>
  );
}

function CopySummary({ delivery, verdict }: Pick<DeliveryActionsProps, 'delivery' | 'verdict'>) {
  const client = useQueryClient();
  const text = async () => {
    const settings = await client
      .ensureQueryData({ ...getSettingsOptions(), staleTime: 60_000 })
      .catch(() => ({ timeZone: 'UTC' }));
    return customerSummary({ delivery, verdict, timeZone: settings.timeZone });
  };
  return (
    <CopyButton
      text={text}
      title="A plain text of what happened, in the customer’s time zone, without bodies and secrets"
    >
      Copy for the customer
    </CopyButton>
  );
}
