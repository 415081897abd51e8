import type { DeliveryHistoryDocument } from '@schoolbell/api-client';
import { useMe } from '../../../app/session/use-me.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Note } from '../../../ui/note.tsx';
import { Time } from '../../../ui/time.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { type Turn, turnAfter, turnWords } from '../../../ui/turn.ts';
import { useGrowingOnly } from '../../../ui/use-growing-only.ts';
import { ownAttempts } from '../verdict/own-attempts.ts';
import type { Verdict } from '../verdict/verdict-input.ts';

/** Closer than this, the clock says more than words. */
const NEAR_MS = 10_000;

type NextAttemptProps = Pick<VerdictNoteProps, 'delivery'>;

interface VerdictNoteProps {
  delivery: DeliveryHistoryDocument;
  verdict: Verdict;
}

/** What happened, what comes next, and whose turn it is. */
export function VerdictNote({ delivery, verdict }: VerdictNoteProps) {
  const isPlatform = useMe().tenantId === null;
  const { tone, title, cause, meaning, step, turn } = verdict;
  return (
    <div ref={useGrowingOnly()} className="grid">
      <Note
        tone={tone}
        className="break-words *:last:grow"
        title={
          <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            {title}
            <TurnBadge turn={turnOf(delivery, turn)} isPlatform={isPlatform} />
          </span>
        }
      >
        <p>
          <bdi>{cause}</bdi>
        </p>
        {meaning && <p>{meaning}</p>}
        {step !== undefined && (
          <p>
            <strong className="font-semibold">Next:</strong> {stepWords(step, turn, isPlatform)}
          </p>
        )}
        <NextAttempt delivery={delivery} />
      </Note>
    </div>
  );
}

/** An empty line where no attempt follows, so that a retry moves nothing. */
function NextAttempt({ delivery: { status, nextAttemptAt, erased, test } }: NextAttemptProps) {
  const now = useNow();
  if (nextAttemptAt === null) {
    if (status !== 'dead' || erased || test) return null;
    return <p>Next attempt: none by itself</p>;
  }
  const isDue = Date.parse(nextAttemptAt) <= now;
  const isNear = Date.parse(nextAttemptAt) - now < NEAR_MS;
  return (
    <p className="tabular-nums">
      Next attempt:{' '}
      {isDue ? (
        <span className="font-medium">due now</span>
      ) : (
        <>
          {isNear && 'at '}
          <Time at={nextAttemptAt} as={isNear ? 'time' : 'ago'} className="font-medium" />
        </>
      )}
    </p>
  );
}

/** The reader: the customer's own people, or the platform's. */
function stepWords(step: string, turn: Turn, isPlatform: boolean): string {
  if (turn === 'customer' && isPlatform) return `ask the customer to ${step}.`;
  return `${step}.`;
}

/** Steps for the receiver's people and for the webhook's owner are both for the customer. */
function turnOf(delivery: DeliveryHistoryDocument, turn: Turn): Turn {
  const last = ownAttempts(delivery).at(-1);
  const { status } = delivery;
  if (turn !== 'customer' || !last || (status !== 'pending' && status !== 'dead')) return turn;
  const { error, response } = last;
  const errorCode = error?.code ?? null;
  return turnAfter({
    status,
    lastAttempt: { errorCode, responseStatus: response?.status ?? null },
  });
}

function TurnBadge({ turn, isPlatform }: { turn: Turn; isPlatform: boolean }) {
  if (turn === 'nobody') return <Badge tone="calm">Nothing to do</Badge>;
  return <Badge tone="held">Whose turn: {turnWords(turn, isPlatform)}</Badge>;
}
