import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { WakeListener, WakeSignals } from '@schoolbell/delivery';
import {
  QueueModule,
  WAKE_LISTENER,
  WAKE_SIGNALS,
  WakeConsumer,
  type QueueServer,
} from '@schoolbell/queue';

/** One process on the queue, with every wake that reached it. */
export class Listening implements WakeListener {
  readonly wakes: { webhookId: string; at: number }[] = [];
  jobs = 0;

  async onWake(webhookIds: readonly string[]): Promise<void> {
    this.jobs++;
    for (const webhookId of webhookIds) this.wakes.push({ webhookId, at: Date.now() });
  }

  times(webhookId: string): number[] {
    return this.wakes.filter((wake) => wake.webhookId === webhookId).map((wake) => wake.at);
  }
}

/** A process on this queue; without a listener it only announces. @param signals of a process that has them */
export async function openApp(
  server: QueueServer,
  listening?: Listening,
  signals?: WakeSignals,
): Promise<INestApplicationContext> {
  @Global()
  @Module({
    imports: [QueueModule.forRoot(server)],
    providers: [
      ...(listening ? [WakeConsumer, { provide: WAKE_LISTENER, useValue: listening }] : []),
      { provide: WAKE_SIGNALS, useValue: signals },
    ],
    exports: [WAKE_SIGNALS],
  })
  class TestModule {}
  return NestFactory.createApplicationContext(TestModule, { logger: false });
}
