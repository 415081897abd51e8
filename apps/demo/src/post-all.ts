import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, postEvent } from '@schoolbell/api-client';
import { DemoError } from './demo-error.js';
import type { Ledger } from './ledger.js';
import type { Narrator } from './narrator.js';
import type { ScheduledEvent } from './story.js';
import { shortId } from './telling.js';

interface Posting {
  client: Client;
  ledger: Ledger;
  narrator: Narrator;
  signal: AbortSignal;
}

/** Reports the events of a story, each at its moment; then repeats one, and posts one that is refused. */
export async function postAll(events: readonly ScheduledEvent[], posting: Posting): Promise<void> {
  const { client, ledger, narrator, signal } = posting;
  const began = performance.now();
  for (const { atMs, says, ...event } of events) {
    const wait = began + atMs - performance.now();
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const postedAt = narrator.elapsedMs();
    const { id } = await postEvent({ client, body: event });
    ledger.posted(id, says, postedAt);
    narrator.tell('posted', `${event.type.padEnd(17)} ${shortId(id)}  ${says}`);
  }
  const last = events.at(-1);
  if (!last) return;
  await repeat(last, posting);
  await postFaulty(last, posting);
}

/** A runtime that got no answer may post again: its key is recognised, and nothing is sent twice. */
async function repeat(
  { atMs: _when, says: _words, ...event }: ScheduledEvent,
  { client, narrator }: Posting,
): Promise<void> {
  const { id, duplicate } = await postEvent({ client, body: event });
  const verdict = duplicate ? 'recognised as a repeat, not sent again' : 'taken for a new event';
  narrator.tell(
    'posted',
    `${event.type.padEnd(17)} ${shortId(id)}  the same once more: ${verdict}`,
  );
}

/** Some runtimes report percent where a share is required: the API refuses their completions, and there is no event. */
async function postFaulty({ data }: ScheduledEvent, { client, narrator }: Posting): Promise<void> {
  const type = 'session.completed';
  const learner = { learnerId: 'learner-7', sessionId: 'sess_faulty_1' };
  const body = { type, data: { ...data, ...learner, learner: undefined, scoreScaled: 92 } };
  try {
    await postEvent({ client, body });
  } catch (error) {
    if (!(error instanceof DemoError) || error.code !== 'refused') throw error;
    narrator.tell('refused', `${type.padEnd(17)} of learner-7: a score of 92 on a scale to 1`);
  }
}
