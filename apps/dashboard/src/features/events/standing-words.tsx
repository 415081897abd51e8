import type { WebhookExplanationDocument } from '@schoolbell/api-client';
import type { ReactNode } from 'react';
import { counted } from '../../ui/numbers.ts';
import { Time } from '../../ui/time.tsx';
import { lastAnswer } from './last-answer.ts';
import { visible } from '../../ui/visible.ts';

/** The API's sentence has an instant or a code in it here; the webhook's page gives the details in words. */
const IN_WORDS: Partial<Record<string, string>> = {
  paused: 'The webhook is paused: the delivery is sent when the webhook is resumed.',
  deleted: 'The webhook was deleted.',
};

/** Why an event stands like this at a webhook: the receiver's answer, or the webhook's setting that rules it out. */
export function StandingWords({ standing }: { standing: WebhookExplanationDocument }) {
  const { status, reasons, delivery, since } = standing;
  return (
    <div className="flex flex-col gap-0.5 text-sm text-muted">
      {delivery && <DeliveryWords delivery={delivery} />}
      {reasons.map(({ code, message }) => (
        <p key={code} dir="auto" className="break-words">
          {IN_WORDS[code] ?? visible(message)}
        </p>
      ))}
      {status === 'unwanted' && (
        <p className="text-xs">
          As set today, since <Time at={since} as="full" />
        </p>
      )}
    </div>
  );
}

function DeliveryWords({
  delivery,
}: {
  delivery: NonNullable<WebhookExplanationDocument['delivery']>;
}): ReactNode {
  const { status, lastAttempt, attemptCount, nextAttemptAt } = delivery;
  if (!lastAttempt) {
    return status === 'pending' ? <p>The first attempt is about to be made.</p> : null;
  }
  return (
    <p>
      It {lastAnswer(lastAttempt)}, <Time at={lastAttempt.at} />, at {attemptsOf(attemptCount)}.
      {status === 'pending' && nextAttemptAt && (
        <>
          {' '}
          The next one: <Time at={nextAttemptAt} />.
        </>
      )}
      {status === 'dead' && ' Nothing more is sent by itself.'}
    </p>
  );
}

const attemptsOf = (times: number): string =>
  times === 1 ? 'the only attempt' : `the last of ${counted(times, 'attempt')}`;
