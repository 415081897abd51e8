import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type DemoApi } from './api.js';
import type { Credentials } from './credentials.js';
import { FaultPlan } from './fault-plan.js';
import { Ledger } from './ledger.js';
import type { Narrator } from './narrator.js';
import { postAll } from './post-all.js';
import { type DemoReceivers, startReceivers } from './receivers.js';
import { type CastWebhook, registerCast } from './register.js';
import { tellStory } from './story.js';
import { summarise } from './summary.js';
import { tellReceived } from './telling.js';
import { tellWhereToLook } from './where-to-look.js';

interface DemoInput {
  credentials: Credentials;
  seconds: number;
  /** Whether the receivers keep listening, for retries from the dashboard, until the signal. */
  stays: boolean;
  narrator: Narrator;
  random: () => number;
  /** Ends the demo early; it still sums up. */
  signal: AbortSignal;
}

/** The rest of the time is for retries. */
const STORY_SHARE = 0.65;
/** On a busy machine the last retries take longer than the given time. */
const PATIENCE_MS = 20_000;
const POLL_MS = 50;

/**
 * Runs the demo: receivers, their webhooks, a class of learners, and what happens to the learners' events. The webhooks
 * stay, so that the dashboard can show them; the next demo replaces them.
 *
 * @returns whether something was delivered and every signature was right
 */
export async function runDemo(input: DemoInput): Promise<boolean> {
  const { credentials, narrator, signal } = input;
  const api = connect(credentials);
  const storyMs = input.seconds * 1000 * STORY_SHARE;
  const faults = new FaultPlan(storyMs);
  const ledger = new Ledger();
  const cast: CastWebhook[] = [];
  const receivers = await startReceivers({
    castNow: () => cast,
    faults,
    elapsedMs: () => narrator.elapsedMs(),
    onReceived: (received) => tellReceived(received, ledger, narrator),
  });
  try {
    cast.push(...(await registerCast(api, receivers.urlOf)));
    for (const each of cast) tellRegistered(each, narrator);
    narrator.startClock();
    await play(api, cast[0]!, { ...input, storyMs, faults, ledger });
    const tally = ledger.tally();
    await summarise(narrator, tally, api.customer, cast);
    receivers.mend();
    tellWhereToLook(narrator, credentials);
    if (input.stays) await untilStopped(receivers, narrator, signal);
    return tally.delivered > 0 && tally.unverified === 0;
  } finally {
    await receivers.close();
  }
}

interface Stage extends DemoInput {
  storyMs: number;
  faults: FaultPlan;
  ledger: Ledger;
}

async function play(api: DemoApi, lead: CastWebhook, stage: Stage): Promise<void> {
  const events = tellStory(stage.storyMs, lead.id, stage.random);
  const recovery = announceOutage(stage);
  await postAll(events, { ...stage, client: api.runtime });
  await recovery;
  await untilDelivered(stage);
}

function tellRegistered({ role, id }: CastWebhook, narrator: Narrator): void {
  narrator.tell('registered', `${id}  ${role.settings.description}: ${role.says}`);
}

async function announceOutage({ faults, narrator, signal }: Stage): Promise<void> {
  await pause(faults.outageStartMs - narrator.elapsedMs(), signal);
  if (signal.aborted) return;
  narrator.tell('receiver', 'HR suite goes down: answers 500 to everything');
  await pause(faults.outageEndMs - narrator.elapsedMs(), signal);
  narrator.tell('receiver', 'HR suite is up again');
}

async function untilDelivered({ ledger, narrator, seconds, signal }: Stage): Promise<void> {
  const latest = seconds * 1000 + PATIENCE_MS;
  while (!signal.aborted && narrator.elapsedMs() < latest) {
    const { posted, delivered } = ledger.tally();
    if (delivered === posted) return;
    await pause(POLL_MS, signal);
  }
}

async function untilStopped(
  { origin }: DemoReceivers,
  narrator: Narrator,
  signal: AbortSignal,
): Promise<void> {
  narrator.say();
  narrator.say(`The old portal is back. All receivers go on to listen on ${origin}:`);
  narrator.say('retry what is dead, and see it arrive. Ctrl-C stops them.');
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}

/** Waits, or returns at once when the demo has to end. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
