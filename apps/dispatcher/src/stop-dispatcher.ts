import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { Sender } from '@schoolbell/delivery';
import type { Database } from '@schoolbell/persistence';
import { WakeConsumer } from '@schoolbell/queue';
import { DeliveryPipeline } from './delivering/delivery-pipeline.js';
import type { Mailing } from './mailing/mailing.js';
import { Maintenance } from './maintenance/maintenance.js';
import { DATABASE, FALLBACK_PIPELINE, MAILING, SENDER } from './tokens.js';

/** Kept of the grace period for giving leases back and closing connections. */
const CLOSING_MS = 3000;
/** A connection that does not close is no reason to be late. */
const CLOSE_TIMEOUT_MS = 1500;

/**
 * No new claims; the attempts and mails in flight may end; what has not ended in time is left for another
 * dispatcher to take. Resolves within the grace period.
 */
export async function stopDispatcher(app: INestApplicationContext, graceMs: number): Promise<void> {
  app.get(Maintenance).stop();
  void app.get(WakeConsumer).stop();
  const drainMs = Math.max(graceMs - CLOSING_MS, graceMs / 2);
  await Promise.all([
    app.get(DeliveryPipeline).drain(drainMs),
    app.get<DeliveryPipeline>(FALLBACK_PIPELINE).drain(drainMs),
    app.get<Mailing>(MAILING).drain(drainMs),
  ]);
  const closing = [
    app.get<Sender>(SENDER).close(),
    app.close(),
    app.get<Database>(DATABASE).close(),
  ];
  await Promise.race([Promise.allSettled(closing), sleep(CLOSE_TIMEOUT_MS)]);
}
