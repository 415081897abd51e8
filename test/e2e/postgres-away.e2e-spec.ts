import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@schoolbell/persistence';
import { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../apps/standalone/src/embedded-postgres/index.js';
import {
  Customer,
  eventually,
  startReceiver,
  startSchoolbell,
  type Receiver,
  type TestDatabase,
} from '../support/index.js';

describe('while Postgres is away', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let receiver: Receiver;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schoolbell-away-'));
    postgres = await startEmbeddedPostgres({ folder });
    await migrate(postgres.url);
    receiver = await startReceiver();
    return async () => {
      await receiver.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    };
  });

  it('the dispatcher keeps what it sent, records it afterwards, and goes on', async () => {
    receiver.respondWith({ status: 200, delayMs: 1500 });
    const schoolbell = await startSchoolbell({ database: asTestDatabase(postgres.url) });
    try {
      const customer = new Customer(schoolbell);
      const webhook = await customer.webhook(receiver.url);
      await customer.completesTimes(webhook, 8);
      await receiver.waitFor(8);

      await postgres.stop();
      await new Promise((resolve) => setTimeout(resolve, 3000));
      postgres = await startEmbeddedPostgres({ folder, keepPort: true });

      await eventually(
        async () => expect(await customer.ledger(webhook)).toEqual({ delivered: 8 }),
        { timeoutMs: 15_000 },
      );
      receiver.respondWith(200);
      await customer.completes(webhook);
      await eventually(
        async () => expect(await customer.ledger(webhook)).toEqual({ delivered: 9 }),
        { timeoutMs: 5000 },
      );
      expect(receiver.requests).toHaveLength(9);
      expect(schoolbell.dispatchers[0]!.alive).toBe(true);
    } finally {
      await schoolbell.stop();
    }
  });
});

function asTestDatabase(url: string): TestDatabase {
  return {
    url,
    query: async <Row>(sql: string, values?: readonly unknown[]): Promise<Row[]> => {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql, values as unknown[])).rows as Row[];
      } finally {
        await client.end();
      }
    },
    drop: async () => undefined,
  };
}
