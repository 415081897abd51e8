import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { startRedisProcess, type RedisProcess, type RedisSettings } from './redis-process.js';
import { reservedPort } from './reserved-port.js';

const MASTER = 'main';
const PASSWORD = 'of-redis';
const SENTINEL_PASSWORD = 'of-sentinels';
const SENTINELS = 3;
const QUORUM = 2;
/** As slow as other suites make the machine, nobody is dead. */
const PATIENCE_MS = 600_000;
const IMPATIENCE_MS = 1000;
/** A failover that came to nothing is tried again after twice as long. */
const FAILOVER_TIMEOUT_MS = 5000;
/** As busy as other suites make it. */
const SLOW_MACHINE = { timeoutMs: 30_000 };

/** A Redis and its replica, watched by sentinels; each asks for a password. */
export interface RedisWithSentinels {
  /** How Schoolbell finds it. */
  env: Record<string, string>;
  servers: readonly [RedisProcess, RedisProcess];
  /** Resolves once the sentinels call this server their master. */
  isMaster(server: RedisProcess): Promise<void>;
  /** Whether the sentinels replace a master that is silent for a second. They do not, unless they are told. */
  replaceTheDead(whether: boolean): Promise<void>;
  /** Asks the sentinels for a failover while all is well. Resolves once one has begun. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

/** Resolves once the sentinels would agree on a failover. */
export async function startRedisWithSentinels(): Promise<RedisWithSentinels> {
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-sentinels-'));
  const guarded = { password: PASSWORD };
  const master = await startRedisProcess(guarded);
  const replica = await startRedisProcess({ ...guarded, settings: following(master) });
  await eventually(() => isLinked(replica), SLOW_MACHINE);
  const sentinels = await startSentinels(folder, master, replica);
  const [first] = sentinels as [RedisProcess];
  await eventually(() => first.ask('SENTINEL', 'CKQUORUM', MASTER), SLOW_MACHINE);
  return {
    env: {
      REDIS_SENTINELS: sentinels.map(({ url }) => url).join(','),
      REDIS_MASTER: MASTER,
      REDIS_URL: `redis://:${PASSWORD}@whichever`,
    },
    servers: [master, replica],
    isMaster: async ({ port }) => {
      const isIt = async (sentinel: RedisProcess): Promise<boolean> => {
        const address = await sentinel.ask('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER);
        return (address as string[])[1] === String(port);
      };
      for (const sentinel of sentinels) await eventually(() => isIt(sentinel), SLOW_MACHINE);
    },
    replaceTheDead: async (whether) => {
      const patience = ['down-after-milliseconds', String(whether ? IMPATIENCE_MS : PATIENCE_MS)];
      for (const sentinel of sentinels) await sentinel.ask('SENTINEL', 'SET', MASTER, ...patience);
    },
    failOver: async () => {
      await eventually(() => first.ask('SENTINEL', 'FAILOVER', MASTER), SLOW_MACHINE);
    },
    stop: async () => {
      await Promise.all([...sentinels, master, replica].map((server) => server.kill()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The settings of a replica. */
export function following({ port }: RedisProcess): RedisSettings {
  return { replicaof: `127.0.0.1 ${port}` };
}

async function isLinked(replica: RedisProcess): Promise<boolean> {
  return String(await replica.ask('INFO', 'replication')).includes('master_link_status:up');
}

/** They know each other and the replica from the first moment, rather than find out by and by. */
async function startSentinels(
  folder: string,
  master: RedisProcess,
  replica: RedisProcess,
): Promise<RedisProcess[]> {
  const ids = Array.from({ length: SENTINELS }, () => randomBytes(20).toString('hex'));
  const ports = await Promise.all(ids.map(() => reservedPort()));
  const known = ids.map((id, i) => `sentinel known-sentinel ${MASTER} 127.0.0.1 ${ports[i]} ${id}`);
  return Promise.all(
    ids.map(async (id, i) => {
      const path = join(folder, `${id}.conf`);
      const lines = [
        `port ${ports[i]}\nbind 127.0.0.1\ndir ${folder}`,
        `requirepass ${SENTINEL_PASSWORD}\nsentinel sentinel-pass ${SENTINEL_PASSWORD}`,
        `sentinel myid ${id}`,
        `sentinel monitor ${MASTER} 127.0.0.1 ${master.port} ${QUORUM}`,
        `sentinel auth-pass ${MASTER} ${PASSWORD}`,
        `sentinel down-after-milliseconds ${MASTER} ${PATIENCE_MS}`,
        `sentinel failover-timeout ${MASTER} ${FAILOVER_TIMEOUT_MS}`,
        `sentinel known-replica ${MASTER} 127.0.0.1 ${replica.port}`,
        ...known.filter((line) => !line.endsWith(id)),
      ];
      await writeFile(path, lines.join('\n'));
      const guarded = { port: ports[i]!, password: SENTINEL_PASSWORD };
      return startRedisProcess({ ...guarded, sentinel: path });
    }),
  );
}
