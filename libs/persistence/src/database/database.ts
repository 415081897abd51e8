import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { SecretBox } from './encryption.js';
import { PrismaClient } from '../generated/client.js';
import { createPool, type PoolSettings } from './pools.js';

const PRISMA_POOL_SIZE = 5;
/** One for each chore: a chore that takes minutes must not make the others wait in vain. */
const MAINTENANCE_POOL_SIZE = 4;

/** Each reads one row by its key; the second is for when the first one broke without a word. */
const AUTH_POOL_SIZE = 2;
const AUTH_TIMEOUT_MS = 5_000;

/** How many lists are read at once in one process; each can keep a core of Postgres busy. */
export const LISTS_AT_ONCE = 3;
/** A list that takes longer is refused: whoever waits for it has better ways to ask. */
const LIST_TIMEOUT_MS = 3_000;

/** Prepared, but planned for each: the best way depends on whose rows these are, how many, and of which time. */
const LIST_PLANNING = { plan_cache_mode: 'force_custom_plan' };

/**
 * The dispatcher's statements touch a few rows of a few indexes, and their best plan is known: through the
 * indexes, row by row, whatever the statistics of a table that was empty a second ago say. (Row by row also
 * because only such a scan marks the index entries of dead rows, of which a queue's table has many.)
 * Planned once per connection, since planning them costs more than running them.
 */
const DISPATCH_PLANNING = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_bitmapscan: 'off',
};

/**
 * Between the latest end of an attempt (30 s) and the end of its lease (55 s) a record may time out, and its halves
 * be recorded. Milliseconds.
 */
const DISPATCH_TIMEOUT_MS = 10_000;

/** Whoever has locked a row for longer holds up the attempts at it, and nobody's beside them. */
const DISPATCH_PATIENCE = { lock_timeout: 1000 };

/**
 * The intake's statement has one good plan, by index, whatever the statistics say: a plan made while the
 * webhooks were few would read all of them for every event until the next ANALYZE. One plan for all saves
 * 0.8 ms of planning per flush too.
 */
const INTAKE_PLANNING = { enable_seqscan: 'off', plan_cache_mode: 'force_generic_plan' };

/** What is lost with a crash of Postgres is a hint. */
const WAKING = { synchronous_commit: 'off' };

/** Seen in `pg_stat_activity` of sessions that a pooler may give to anybody. */
const SHARED_NAME = 'schoolbell';

/** How many launches are opened at once in one process. */
export const LAUNCHES_AT_ONCE = 3;

/** Whoever asks for metrics gets those that are found in time. */
const MEASURING_TIMEOUT_MS = 1_000;

const BATCHES_AT_ONCE = 2;
/** A flush of events and a batch: a batch may take seconds, and a flush waits for no batch. */
const HEAVY_AT_ONCE = 2;
/** A flush of commits and a launch. */
const HEAVY_SCORM_AT_ONCE = 2;

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database` */
  url: string;
  /**
   * Where sessions of one's own can be had; with it, `url` may lead through a pooler that shares sessions by
   * transaction. Default: `url`.
   */
  directUrl?: string | undefined;
  /** 32 bytes each; the first encrypts, all decrypt. */
  encryptionKeys: readonly Buffer[];
  /** Connections for accepting events one by one. Default 2. */
  intakePoolSize?: number;
  /** Connections for claiming and recording deliveries. Default 4. */
  dispatchPoolSize?: number;
  /** Seen in `pg_stat_activity`, of sessions that nobody else uses. Default `schoolbell`. */
  applicationName?: string;
  /** Told of connections that broke while idle, such as when the server restarts. Default: ignored. */
  onConnectionError?: (error: Error) => void;
}

/**
 * The ways into Postgres. Telling who calls, accepting, dispatching and lists have pools of their own, so that
 * slow lists never keep an event from being accepted, nor a delivery from being recorded.
 */
export interface Database {
  /**
   * Its first query takes 30 MiB of memory, for the compiler of queries: so nothing that a dispatcher does while
   * nothing happens goes by it.
   */
  prisma: PrismaClient;
  /** Prisma's own connections, for short reads of what a tenant asks for. */
  servingPool: Pool;
  /** For telling who calls: nothing that takes longer than a look-up by key may run here. */
  authPool: Pool;
  /** For lists of history, which are ended after 3 s. */
  listPool: Pool;
  /** For accepting events that few webhooks want; a flush and a health check at a time. */
  intakePool: Pool;
  /** For batches of such events. */
  batchIntakePool: Pool;
  /** For events and batches with very many deliveries. */
  heavyIntakePool: Pool;
  /** For commits of SCORM players. */
  commitIntakePool: Pool;
  /** For opening launches. */
  launchIntakePool: Pool;
  /** For commits and launches with very many deliveries. */
  heavyScormIntakePool: Pool;
  dispatchPool: Pool;
  /** For waking dispatchers. */
  wakePool: Pool;
  /** For what is done every so often and may take its time: pruning, counting, upkeep. Past the pooler. */
  maintenancePool: Pool;
  /** For reading what changed, one look at a time; connected once somebody watches. */
  watchPool: Pool;
  /** For metrics, one look at a time; connected once somebody asks for them. */
  measuringPool: Pool;
  /** Where a session of one's own can be had, such as to `LISTEN`. */
  directUrl: string;
  secretBox: SecretBox;
  /** Waits for running statements, then closes every connection. */
  close(): Promise<void>;
}

/** Opens nothing yet: each pool connects on first use, and again when the server was away. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, directUrl = url, onConnectionError = () => undefined } = options;
  const own = {
    url: directUrl,
    applicationName: options.applicationName ?? 'schoolbell',
    sharesSessions: false,
  };
  const shared = { url, applicationName: SHARED_NAME, sharesSessions: true };
  const way = options.directUrl === undefined ? own : shared;
  const pool = (size: number, settings: Partial<PoolSettings> = {}): Pool =>
    createPool({ ...way, ...settings, size, onConnectionError });
  const secretBox = new SecretBox(options.encryptionKeys);
  const pools = {
    servingPool: pool(PRISMA_POOL_SIZE),
    authPool: pool(AUTH_POOL_SIZE, { statementTimeoutMs: AUTH_TIMEOUT_MS }),
    listPool: pool(LISTS_AT_ONCE, {
      sessionSettings: LIST_PLANNING,
      statementTimeoutMs: LIST_TIMEOUT_MS,
    }),
    intakePool: pool(options.intakePoolSize ?? 2, { sessionSettings: INTAKE_PLANNING }),
    batchIntakePool: pool(BATCHES_AT_ONCE, { sessionSettings: INTAKE_PLANNING }),
    heavyIntakePool: pool(HEAVY_AT_ONCE, { sessionSettings: INTAKE_PLANNING }),
    commitIntakePool: pool(1, { sessionSettings: INTAKE_PLANNING }),
    heavyScormIntakePool: pool(HEAVY_SCORM_AT_ONCE, { sessionSettings: INTAKE_PLANNING }),
    launchIntakePool: pool(LAUNCHES_AT_ONCE, { sessionSettings: INTAKE_PLANNING }),
    dispatchPool: pool(options.dispatchPoolSize ?? 4, {
      sessionSettings: { ...DISPATCH_PLANNING, ...DISPATCH_PATIENCE },
      statementTimeoutMs: DISPATCH_TIMEOUT_MS,
    }),
    wakePool: pool(1, { sessionSettings: WAKING }),
    maintenancePool: pool(MAINTENANCE_POOL_SIZE, own),
    watchPool: pool(1, { statementTimeoutMs: LIST_TIMEOUT_MS }),
    measuringPool: pool(1, { statementTimeoutMs: MEASURING_TIMEOUT_MS }),
  };
  const prisma = new PrismaClient({ adapter: new PrismaPg(pools.servingPool) });
  const close = async (): Promise<void> => {
    await prisma.$disconnect();
    await Promise.all(Object.values(pools).map((each) => each.end()));
  };
  return { prisma, ...pools, directUrl, secretBox, close: once(close) };
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
