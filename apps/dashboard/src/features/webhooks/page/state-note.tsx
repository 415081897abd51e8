import type { DeliveryDocument, WebhookDocument } from '@schoolbell/api-client';
import { ButtonLink } from '../../../ui/button.tsx';
import { Note } from '../../../ui/note.tsx';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';
import { pauseInWords } from '../pause-in-words.ts';
import { failureOf } from '../testing/answer-in-words.ts';

/** One height for all states, so that a change of state moves nothing. */
const HEIGHT = 'min-h-27';

interface StateNoteProps {
  webhook: WebhookDocument;
  newest: readonly DeliveryDocument[];
  /** How many deliveries wait for it. */
  backlog: number;
}

/** The webhook's state in words, and what to do. */
export function StateNote({ webhook, newest, backlog }: StateNoteProps) {
  const { health, pause, filterError } = webhook;
  return (
    <>
      {pause && <PauseNote pause={pause} newest={newest} />}
      {health === 'failing' && <FailingNote webhookId={webhook.id} {...{ newest, backlog }} />}
      {health === 'ok' && (
        <Note tone="good" title="All is well" className={HEIGHT}>
          <p>Its newest deliveries arrive.</p>
        </Note>
      )}
      {health === 'idle' && (
        <Note tone="calm" title="Nothing to do" className={HEIGHT}>
          <p>No event that it listens to came in the last 24 hours, and nothing waits for it.</p>
        </Note>
      )}
      {filterError && (
        <Note tone="wait" title="Its filter fails on some events">
          <p>
            Such events are sent all the same. The last one, <Time at={filterError.at} />:{' '}
            <span className="break-words">{visible(filterError.message)}</span>
          </p>
        </Note>
      )}
    </>
  );
}

interface PauseNoteProps {
  pause: NonNullable<WebhookDocument['pause']>;
  newest: readonly DeliveryDocument[];
}

function PauseNote({ pause, newest }: PauseNoteProps) {
  return (
    <Note
      tone="wait"
      className={HEIGHT}
      title={
        <>
          Paused <Time at={pause.at} />
        </>
      }
    >
      <p className="break-words">{pauseInWords(pause)}</p>
      {pause.reason === 'consecutive_failures' && <LastFailure newest={newest} />}
      <p className="text-sm text-muted">
        Events are held meanwhile, and nothing is lost. Send a test event to see whether its
        receiver is well again, then resume it.
      </p>
    </Note>
  );
}

function FailingNote({
  webhookId,
  newest,
  backlog,
}: { webhookId: string } & Pick<StateNoteProps, 'newest' | 'backlog'>) {
  const isGivenUp = backlog === 0 && newest.some(({ status }) => status === 'dead');
  return (
    <Note
      tone="bad"
      title="Its attempts fail"
      className={HEIGHT}
      actions={
        isGivenUp ? (
          <ButtonLink size="small" to="/dead-letters" search={{ webhookId }}>
            See its dead letters
          </ButtonLink>
        ) : (
          <ButtonLink
            size="small"
            to="/deliveries"
            search={{ webhookId, status: backlog > 0 ? 'pending' : undefined }}
          >
            {backlog > 0 ? 'See what waits' : 'See its deliveries'}
          </ButtonLink>
        )
      }
    >
      <LastFailure newest={newest} />
    </Note>
  );
}

type LastFailed = NonNullable<DeliveryDocument['lastAttempt']> & { errorCode: string };

/** The last attempt that failed. */
function LastFailure({ newest }: Pick<StateNoteProps, 'newest'>) {
  const [failed] = newest
    .map(({ lastAttempt }) => lastAttempt)
    .filter((attempt): attempt is LastFailed => attempt !== null && attempt.errorCode !== null)
    .toSorted((one, other) => other.at.localeCompare(one.at));
  if (!failed) return null;
  const { title, todo } = failureOf(failed.errorCode, failed.responseStatus);
  return (
    <p>
      {title}, <Time at={failed.at} />. {todo}
    </p>
  );
}
