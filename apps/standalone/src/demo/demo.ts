import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from './credentials.js';
import { FaultPlan } from './fault-plan.js';
import { Ledger } from './ledger.js';
import type { Narrator } from './narrator.js';
import { startReceiver } from './receiver.js';
import { SchoolbellApi, type DemoWebhook } from './schoolbell-api.js';
import { tellStory, type ScheduledEvent } from './story.js';
import { summarise } from './summary.js';
import { shortId, tellReceived } from './telling.js';

export interface DemoInput {
  credentials: Credentials;
  seconds: number;
  narrator: Narrator;
  random: () => number;
  /** Ends the demo early; it still cleans up and sums up. */
  signal: AbortSignal;
}

/** The rest is for retries to arrive. */
const STORY_SHARE = 0.65;
/** Short, so that failures come right before one's eyes; real ones are minutes and hours. Seconds. */
const RETRY_SCHEDULE = [1, 2, 4, 4, 4, 4];
const POLL_MS = 50;

/**
 * Runs the demo: a receiver, a webhook that points to it, a class of learners, and what becomes of their
 * events.
 *
 * @returns whether something was delivered and every signature was right
 */
export async function runDemo(input: DemoInput): Promise<boolean> {
  const api = new SchoolbellApi(input.credentials);
  const ledger = new Ledger();
  const storyMs = input.seconds * 1000 * STORY_SHARE;
  const faults = new FaultPlan(storyMs);
  let webhook: DemoWebhook | undefined;
  const receiver = await startReceiver({
    secret: () => webhook?.secret,
    behave: () => faults.next(input.narrator.elapsedMs()),
    onReceived: (received) => tellReceived(received, ledger, input.narrator),
  });
  try {
    webhook = await register(api, receiver.url, input.narrator);
    const events = tellStory(storyMs, webhook.id, input.random);
    const recovery = announceOutage(faults, input);
    await postAll(events, api, ledger, input);
    await recovery;
    await untilDelivered(ledger, input);
    const tally = ledger.tally();
    await summarise(input.narrator, tally, api, webhook.id);
    return tally.delivered > 0 && tally.unverified === 0;
  } finally {
    if (webhook) await remove(api, webhook, input.narrator);
    await receiver.close();
  }
}

async function register(api: SchoolbellApi, url: string, narrator: Narrator): Promise<DemoWebhook> {
  const webhook = await api.createWebhook({
    url,
    events: ['session.launched', 'session.progress', 'session.scored', 'session.completed'],
    description: 'npm run demo',
    retrySchedule: RETRY_SCHEDULE,
    timeoutSeconds: 5,
    // The failures are staged: pausing the webhook, as five in a row would, is another story.
    autoPauseAfter: 0,
  });
  narrator.tell(
    'registered',
    `${webhook.id} → ${url}, retries after ${RETRY_SCHEDULE.join(', ')} s`,
  );
  return webhook;
}

async function postAll(
  events: readonly ScheduledEvent[],
  api: SchoolbellApi,
  ledger: Ledger,
  { narrator, signal }: DemoInput,
): Promise<void> {
  const began = performance.now();
  for (const { atMs, says, type, data, idempotencyKey } of events) {
    await pause(began + atMs - performance.now(), signal);
    if (signal.aborted) return;
    const postedAt = narrator.elapsedMs();
    const { id } = await api.postEvent({ type, data, idempotencyKey });
    ledger.posted(id, says, postedAt);
    narrator.tell('posted', `${type.padEnd(17)} ${shortId(id)}  ${says}`);
  }
  await repeatLast(events.at(-1), api, narrator);
}

/** A runtime that got no answer may post again: the same key is recognised, and nothing is sent twice. */
async function repeatLast(
  event: ScheduledEvent | undefined,
  api: SchoolbellApi,
  narrator: Narrator,
): Promise<void> {
  if (!event) return;
  const { type, data, idempotencyKey } = event;
  const { id, duplicate } = await api.postEvent({ type, data, idempotencyKey });
  const verdict = duplicate ? 'recognised as a repeat, not sent again' : 'taken for a new event';
  narrator.tell('posted', `${type.padEnd(17)} ${shortId(id)}  the same once more: ${verdict}`);
}

async function announceOutage(faults: FaultPlan, { narrator, signal }: DemoInput): Promise<void> {
  await pause(faults.outageStartMs - narrator.elapsedMs(), signal);
  if (signal.aborted) return;
  narrator.tell('receiver', 'goes down: answers 500 to everything');
  await pause(faults.outageEndMs - narrator.elapsedMs(), signal);
  narrator.tell('receiver', 'is up again');
}

async function untilDelivered(ledger: Ledger, input: DemoInput): Promise<void> {
  const { narrator, seconds, signal } = input;
  while (!signal.aborted && narrator.elapsedMs() < seconds * 1000) {
    const { posted, delivered } = ledger.tally();
    if (delivered === posted) return;
    await pause(POLL_MS, signal);
  }
}

async function remove(api: SchoolbellApi, webhook: DemoWebhook, narrator: Narrator): Promise<void> {
  await api.deleteWebhook(webhook.id);
  narrator.say(`Deleted webhook ${webhook.id}; its deliveries stay in the log.`);
}

/** Waits, or not at all once the demo is to end. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
