import {
  assertSchemaCompatibility,
  LATEST_SCHEMA_VERSION,
  PostgresConnection,
  runMigrations,
  SchemaMigrationRequiredError,
  type PgModule,
  type PgPoolClient,
} from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 1000;

/**
 * BullMQ's connection remembers the first outcome for good, so a process that starts while Postgres is away could
 * never use its queue again. This one asks until Postgres answers, and creates BullMQ's tables if they are missing or
 * old.
 */
export class PatientPostgresConnection extends PostgresConnection {
  private reachable: Promise<void> | undefined;

  constructor(...args: ConstructorParameters<typeof PostgresConnection>) {
    super(...args);
    // Without a listener, a connection that breaks while BullMQ has it on loan would end the process; its
    // next statement fails and is reported.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    const { pgModule } = this as unknown as { pgModule: PgModule };
    Object.assign(this, { pgModule: { ...pgModule, Client: withEarlyErrors(pgModule) } });
  }

  override waitUntilReady(): Promise<void> {
    this.reachable ??= this.untilReachable();
    return this.reachable;
  }

  private async untilReachable(): Promise<void> {
    for (;;) {
      try {
        await this.ensureTables();
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

  private async ensureTables(): Promise<void> {
    const client = await this.pool.connect();
    try {
      // Checked first, because migrating takes rights that the user of a migrated database may not have.
      if ((await tablesVersion(client, this.schema)) < LATEST_SCHEMA_VERSION) {
        await runMigrations(client, this.schema);
      }
    } finally {
      client.release();
    }
  }
}

/**
 * BullMQ listens to errors of the client that hears wakes once it has connected. One that comes with the last bytes of
 * the greeting, as when Postgres stops in that instant, would end the process; it is an error of connecting here.
 */
function withEarlyErrors({ Client }: PgModule): PgModule['Client'] {
  return class extends Client {
    private error: Error | undefined;

    constructor(...args: ConstructorParameters<PgModule['Client']>) {
      super(...args);
      this.on('error', (error) => (this.error = error));
    }

    override async connect(): Promise<void> {
      await super.connect();
      if (this.error) throw this.error;
    }
  };
}

async function tablesVersion(client: PgPoolClient, schema: string): Promise<number> {
  try {
    return await assertSchemaCompatibility(client, schema);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}
