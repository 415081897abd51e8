import { setTimeout as sleep } from 'node:timers/promises';
import type { Tally } from './ledger.js';
import type { Narrator } from './narrator.js';
import type { LoggedAttempt, LoggedDelivery, SchoolbellApi } from './schoolbell-api.js';

const POLL_MS = 100;
const MAX_POLLS = 10;

/** What came of it all: counted by the receiver, then read from Schoolbell's own log. */
export async function summarise(
  narrator: Narrator,
  tally: Tally,
  api: SchoolbellApi,
  webhookId: string,
): Promise<void> {
  const { posted, delivered, firstTime, afterRetries, failedAttempts, unverified } = tally;
  narrator.say();
  narrator.say(`Posted ${posted} events, delivered ${delivered}:`);
  narrator.say(`  ${firstTime} at the first attempt, ${afterRetries} at a retry`);
  narrator.say(`  ${failedAttempts} attempts failed while the receiver was down`);
  narrator.say(
    unverified === 0
      ? '  every signature verified by the standardwebhooks package'
      : `  ${unverified} SIGNATURES DID NOT VERIFY`,
  );
  narrator.say(`  from POST to receiver: ${latencyLine(tally.latencies)}`);
  const deliveries = await settledDeliveries(api, webhookId);
  narrator.say(`Schoolbell’s log of the webhook: ${countByStatus(deliveries)}`);
  await showMostRetried(narrator, deliveries, api);
}

/** The log, once the last attempts are in it: it is written a few milliseconds after they end. */
async function settledDeliveries(api: SchoolbellApi, webhookId: string): Promise<LoggedDelivery[]> {
  for (let polls = 0; ; polls++) {
    const deliveries = await api.deliveriesOf(webhookId);
    const settled = deliveries.every(({ status }) => status === 'delivered');
    if (settled || polls === MAX_POLLS) return deliveries;
    await sleep(POLL_MS);
  }
}

/** @param sorted milliseconds, ascending */
export function latencyLine(sorted: readonly number[]): string {
  if (sorted.length === 0) return 'nothing arrived';
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]!);
  return `median ${at(0.5)} ms, slowest ${at(1)} ms`;
}

function countByStatus(deliveries: readonly LoggedDelivery[]): string {
  const counts = Map.groupBy(deliveries, ({ status }) => status);
  return [...counts].map(([status, { length }]) => `${length} ${status}`).join(', ');
}

async function showMostRetried(
  narrator: Narrator,
  deliveries: readonly LoggedDelivery[],
  api: SchoolbellApi,
): Promise<void> {
  const [most] = deliveries.toSorted((a, b) => b.attemptCount - a.attemptCount);
  if (!most || most.attemptCount < 2) return;
  narrator.say(`  the one with the most attempts, ${most.id}:`);
  for (const attempt of await api.attemptsOf(most.id)) narrator.say(`    ${attemptLine(attempt)}`);
}

function attemptLine({ number, outcome, response, timings }: LoggedAttempt): string {
  const answer = response ? `answered ${response.status}` : 'no answer';
  return `attempt ${number}: ${outcome}, ${answer} in ${timings.totalMs} ms`;
}
