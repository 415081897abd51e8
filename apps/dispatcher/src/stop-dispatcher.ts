import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { Sender } from '@schoolbell/delivery';
import { ExpressionPool } from '@schoolbell/expressions';
import { type ChangeTeller, type Database, WakeSignalListener } from '@schoolbell/persistence';
import { WakeConsumer } from '@schoolbell/queue';
import { DeliveryPipeline } from './claiming/delivery-pipeline.js';
import type { Mailing } from './mailing/mailing.js';
import { Maintenance } from './maintenance/maintenance.js';
import { BATCH_PIPELINE, CHANGES, DATABASE, FALLBACK_PIPELINE, MAILING, SENDER } from './tokens.js';

/** Reserved for giving leases back and closing connections. A connection that takes longer is not waited for. */
const CLOSING_MS = 1500;

/** Stops claiming; attempts and mails in flight may end; what has not ended in time is left to another dispatcher. */
export async function stopDispatcher(
  app: INestApplicationContext,
  withinMs: number,
): Promise<void> {
  takeNothingNew(app);
  await letFinish(app, Math.max(withinMs - CLOSING_MS, withinMs / 2));
  await Promise.race([closeConnections(app), sleep(CLOSING_MS)]);
}

function takeNothingNew(app: INestApplicationContext): void {
  app.get(Maintenance).stop();
  void app.get(WakeConsumer).stop();
  void app.get(WakeSignalListener).stop();
}

async function letFinish(app: INestApplicationContext, drainMs: number): Promise<void> {
  await Promise.all([
    app.get(DeliveryPipeline).drain(drainMs),
    app.get<DeliveryPipeline>(FALLBACK_PIPELINE).drain(drainMs),
    app.get<DeliveryPipeline>(BATCH_PIPELINE).drain(drainMs),
    app.get<Mailing>(MAILING).drain(drainMs),
  ]);
}

async function closeConnections(app: INestApplicationContext): Promise<void> {
  await Promise.allSettled([
    app.get<Sender>(SENDER).close(),
    app.get(ExpressionPool).close(),
    app.close(),
    closeDatabase(app),
  ]);
}

/** The last changes are announced before it closes. */
async function closeDatabase(app: INestApplicationContext): Promise<void> {
  await app.get<ChangeTeller>(CHANGES).stop();
  await app.get<Database>(DATABASE).close();
}
