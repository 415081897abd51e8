import type { DeliveryDocument, WebhookDocument } from '@schoolbell/api-client';
import { listWebhookDeliveriesOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '../../../ui/button.tsx';
import { Note } from '../../../ui/note.tsx';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';
import { pauseInWords } from '../pause-in-words.ts';
import { failureOf } from '../testing/answer-in-words.ts';

const LOOKED_AT = 20;

/** What is wrong with a webhook, in words, with what to do; nothing for one that is well. */
export function TroubleNote({ webhook }: { webhook: WebhookDocument }) {
  return (
    <>
      {webhook.pause && <PauseNote webhook={webhook} />}
      {webhook.health === 'failing' && <FailureNote webhook={webhook} />}
      {webhook.filterError && (
        <Note tone="wait" title="Its filter fails on some events">
          <p>
            Such events are sent all the same. The last one, <Time at={webhook.filterError.at} />:{' '}
            <span className="break-words">{visible(webhook.filterError.message)}</span>
          </p>
        </Note>
      )}
    </>
  );
}

function PauseNote({ webhook: { id, pause } }: { webhook: WebhookDocument }) {
  return (
    <Note
      tone="wait"
      title={
        <>
          Paused <Time at={pause!.at} />
        </>
      }
    >
      <p className="break-words">{pauseInWords(pause!)}</p>
      <p className="text-sm text-muted">
        Events are held meanwhile, and nothing is lost. Send a test event to see whether its
        receiver is well again, then resume it.
      </p>
      {pause!.reason === 'consecutive_failures' && <LastFailure webhookId={id} />}
    </Note>
  );
}

function FailureNote({ webhook }: { webhook: WebhookDocument }) {
  return (
    <Note
      tone="bad"
      title="Its attempts fail"
      actions={
        <ButtonLink
          size="small"
          to="/deliveries"
          search={{ webhookId: webhook.id, status: 'pending' }}
        >
          See what waits
        </ButtonLink>
      }
    >
      <LastFailure webhookId={webhook.id} />
    </Note>
  );
}

/** Of the newest delivery that failed. */
function LastFailure({ webhookId }: { webhookId: string }) {
  const { data } = useQuery(
    listWebhookDeliveriesOptions({ path: { id: webhookId }, query: { limit: LOOKED_AT } }),
  );
  const failed = data?.data
    .map(({ lastAttempt }) => lastAttempt)
    .filter((attempt): attempt is LastFailed => attempt != null && attempt.errorCode !== null)
    .toSorted((one, other) => other.at.localeCompare(one.at))[0];
  if (!failed) return null;
  const { title, todo } = failureOf(failed.errorCode, failed.responseStatus);
  return (
    <p>
      {title}, <Time at={failed.at} />. {todo}
    </p>
  );
}

type LastFailed = NonNullable<DeliveryDocument['lastAttempt']> & { errorCode: string };
