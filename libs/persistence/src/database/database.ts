import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { SecretBox } from './encryption.js';
import { PrismaClient } from '../generated/client.js';
import { createPool } from './pools.js';

const PRISMA_POOL_SIZE = 5;
/** One for each chore: a chore that takes minutes must not make the others wait in vain. */
const MAINTENANCE_POOL_SIZE = 3;

/**
 * The dispatcher's statements touch a few rows of a few indexes, and their best plan is known: through the
 * indexes, row by row, whatever the statistics of a table that was empty a second ago say. (Row by row also
 * because only such a scan marks the index entries of dead rows, of which a queue's table has many.)
 * Planned once per connection, since planning them costs more than running them.
 */
const DISPATCH_PLANNING =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off ' +
  '-c enable_mergejoin=off -c enable_bitmapscan=off';

/**
 * The intake's statement has one good plan, by index, whatever the statistics say: a plan made while the
 * webhooks were few would read all of them for every event until the next ANALYZE. One plan for all saves
 * 0.8 ms of planning per flush too.
 */
const INTAKE_PLANNING = '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan';

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database` */
  url: string;
  /** 32 bytes each; the first encrypts, all decrypt. */
  encryptionKeys: readonly Buffer[];
  /** Connections for accepting events. Default 2. */
  intakePoolSize?: number;
  /** Connections for claiming and recording deliveries. Default 4. */
  dispatchPoolSize?: number;
  /** Seen in `pg_stat_activity`. Default `schoolbell`. */
  applicationName?: string;
  /** Told of connections that broke while idle, such as when the server restarts. Default: ignored. */
  onConnectionError?: (error: Error) => void;
}

/**
 * The ways into Postgres. Accepting and dispatching have pools of their own, so that a slow list in the
 * API never keeps an event from being accepted, nor a delivery from being recorded.
 */
export interface Database {
  prisma: PrismaClient;
  intakePool: Pool;
  dispatchPool: Pool;
  /** For what is done every so often and may take its time: pruning, counting, upkeep. */
  maintenancePool: Pool;
  secretBox: SecretBox;
  /** Waits for running statements, then closes every connection. */
  close(): Promise<void>;
}

/** Opens nothing yet: each pool connects on first use, and again when the server was away. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = (size: number, serverOptions?: string): Pool =>
    createPool({
      url: options.url,
      size,
      serverOptions,
      applicationName: options.applicationName ?? 'schoolbell',
      onConnectionError: options.onConnectionError ?? (() => undefined),
    });
  const secretBox = new SecretBox(options.encryptionKeys);
  const prismaPool = pool(PRISMA_POOL_SIZE);
  const prisma = new PrismaClient({ adapter: new PrismaPg(prismaPool) });
  const intakePool = pool(options.intakePoolSize ?? 2, INTAKE_PLANNING);
  const dispatchPool = pool(options.dispatchPoolSize ?? 4, DISPATCH_PLANNING);
  const maintenancePool = pool(MAINTENANCE_POOL_SIZE);
  const pools = [prismaPool, intakePool, dispatchPool, maintenancePool];
  const close = async (): Promise<void> => {
    await prisma.$disconnect();
    await Promise.all(pools.map((each) => each.end()));
  };
  return { prisma, intakePool, dispatchPool, maintenancePool, secretBox, close: once(close) };
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
