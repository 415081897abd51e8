import { assertSchemaCompatibility, PostgresConnection } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 1000;

/**
 * BullMQ's connection remembers the first outcome for good, so a process that starts while Postgres is away
 * could never use its queue again. This one asks until Postgres answers and its tables are there.
 */
export class PatientPostgresConnection extends PostgresConnection {
  private reachable: Promise<void> | undefined;

  override waitUntilReady(): Promise<void> {
    this.reachable ??= this.untilReachable();
    return this.reachable;
  }

  private async untilReachable(): Promise<void> {
    for (;;) {
      try {
        await this.checkSchema();
        // Deferred, as BullMQ does it: listeners are attached right after construction.
        setImmediate(() => this.emit('ready'));
        return;
      } catch (error) {
        if (this.isClosing) throw error;
        if (this.listenerCount('error') > 0) this.emit('error', error);
      }
      await sleep(RETRY_MS, undefined, { ref: false });
    }
  }

  private async checkSchema(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await assertSchemaCompatibility(client, this.schema);
    } finally {
      client.release();
    }
  }
}
