import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttemptDocument,
  type Client,
  type DeliveryDocument,
  getDelivery,
  listWebhookDeliveries,
} from '@schoolbell/api-client';
import type { Tally } from './ledger.js';
import type { Narrator } from './narrator.js';
import type { CastWebhook } from './register.js';

const POLL_MS = 200;
/** Longer than the slowest receiver and the shortest schedule take. */
const MAX_POLLS = 50;
const WIDTH = 24;

/** The result: counted by the receiver, then read from Schoolbell's own log. */
export async function summarise(
  narrator: Narrator,
  tally: Tally,
  client: Client,
  cast: readonly CastWebhook[],
): Promise<void> {
  const { posted, delivered, firstTime, afterRetries, failedAttempts, unverified } = tally;
  narrator.say();
  narrator.say(`Posted ${posted} events, delivered ${delivered} to ${titleOf(cast[0]!)}:`);
  narrator.say(`  ${firstTime} at the first attempt, ${afterRetries} at a retry`);
  narrator.say(`  ${failedAttempts} attempts failed while the receiver was down`);
  narrator.say(
    unverified === 0
      ? '  every signature verified by the standardwebhooks package'
      : `  ${unverified} SIGNATURES DID NOT VERIFY`,
  );
  narrator.say(`  from POST to receiver: ${latencyLine(tally.latencies)}`);
  await showMostRetried(narrator, await settledDeliveries(client, cast[0]!), client);
  narrator.say('Schoolbell’s log, webhook by webhook:');
  for (const each of cast) {
    const counts = countByStatus(await settledDeliveries(client, each));
    narrator.say(`  ${titleOf(each).padEnd(WIDTH)} ${counts}`);
  }
}

const titleOf = ({ role }: CastWebhook): string => role.settings.description!;

/** The log once the last attempts are in it: nothing is pending soon. */
async function settledDeliveries(client: Client, { id }: CastWebhook): Promise<DeliveryDocument[]> {
  for (let polls = 0; ; polls++) {
    const deliveries = await deliveriesOf(client, id);
    const settled = deliveries.every(({ status }) => status !== 'pending');
    if (settled || polls === MAX_POLLS) return deliveries;
    await sleep(POLL_MS);
  }
}

async function deliveriesOf(client: Client, id: string): Promise<DeliveryDocument[]> {
  const deliveries: DeliveryDocument[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
    const page = await listWebhookDeliveries({ client, path: { id }, query });
    deliveries.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return deliveries;
}

/** @param sorted milliseconds, ascending */
function latencyLine(sorted: readonly number[]): string {
  if (sorted.length === 0) return 'nothing arrived';
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]!);
  return `median ${at(0.5)} ms, slowest ${at(1)} ms`;
}

function countByStatus(deliveries: readonly DeliveryDocument[]): string {
  const counts = Map.groupBy(deliveries, ({ status }) => status);
  const words = [...counts].map(([status, { length }]) => `${length} ${status}`);
  return words.join(', ') || 'nothing';
}

async function showMostRetried(
  narrator: Narrator,
  deliveries: readonly DeliveryDocument[],
  client: Client,
): Promise<void> {
  const [most] = deliveries.toSorted((a, b) => b.attemptCount - a.attemptCount);
  if (!most || most.attemptCount < 2) return;
  narrator.say(`  the one with the most attempts, ${most.id}:`);
  const { attempts } = await getDelivery({ client, path: { id: most.id } });
  for (const attempt of attempts) narrator.say(`    ${attemptLine(attempt)}`);
}

function attemptLine({ number, outcome, response, timings }: AttemptDocument): string {
  const answer = response ? `answered ${response.status}` : 'no answer';
  const took = timings ? ` in ${timings.totalMs} ms` : '';
  return `attempt ${number}: ${outcome}, ${answer}${took}`;
}
