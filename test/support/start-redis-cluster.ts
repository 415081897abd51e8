import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { startRedisProcess, type RedisProcess } from './redis-process.js';
import { reservedPort } from './reserved-port.js';

const MASTERS = 3;
const SLOTS = 16_384;
const PASSWORD = 'of-the-cluster';
/** A master that is silent for this long is replaced. */
const NODE_TIMEOUT_MS = 1500;
const PATIENCE_MS = 600_000;
/** As busy as other suites make it. */
const SLOW_MACHINE = { timeoutMs: 30_000 };

interface Node {
  id: string;
  port: number;
  /** Of the nodes among themselves. */
  busPort: number;
}

/** Three masters and a replica of each, which ask for a password. */
export interface RedisCluster {
  /** How Schoolbell finds it. */
  env: Record<string, string>;
  /** From now on, nodes may be as slow as the machine is. */
  holdNobodyForDead(): Promise<void>;
  /** The node that serves the slot of this key. */
  masterOf(key: string): Promise<RedisProcess>;
  stop(): Promise<void>;
}

interface RedisClusterOptions {
  /** Default: a `redis-server`. */
  binary?: string | undefined;
  /** Called before its first node starts. */
  before?: (urls: readonly string[]) => Promise<void>;
}

/** Resolves once it serves all slots. */
export async function startRedisCluster(options: RedisClusterOptions = {}): Promise<RedisCluster> {
  const { binary, before } = options;
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-cluster-'));
  const nodes: Node[] = [];
  for (let i = 0; i < MASTERS * 2; i++) {
    const [port, busPort] = await Promise.all([reservedPort(), reservedPort()]);
    nodes.push({ id: randomBytes(20).toString('hex'), port, busPort });
  }
  const urls = nodes.map(({ port }) => `redis://:${PASSWORD}@127.0.0.1:${port}`);
  await before?.(urls);
  const servers = await Promise.all(nodes.map((node) => startNode(folder, node, nodes, binary)));
  for (const server of servers) await eventually(() => isServing(server), SLOW_MACHINE);
  return {
    env: { REDIS_URL: urls.join(','), REDIS_CLUSTER: 'true' },
    holdNobodyForDead: async () => {
      const patience = ['cluster-node-timeout', String(PATIENCE_MS)];
      for (const server of servers) await server.ask('CONFIG', 'SET', ...patience);
    },
    masterOf: (key) => eventually(() => masterOf(key, servers), SLOW_MACHINE),
    stop: async () => {
      await Promise.all(servers.map((server) => server.kill()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** It knows the cluster from the first moment, rather than meet the others one by one. */
async function startNode(
  folder: string,
  node: Node,
  nodes: readonly Node[],
  binary: string | undefined,
): Promise<RedisProcess> {
  const dir = join(folder, node.id);
  await mkdir(dir);
  const known = nodes.map((other, i) => lineOf(other, i, nodes, other === node));
  await writeFile(
    join(dir, 'nodes.conf'),
    [...known, `vars currentEpoch ${MASTERS} lastVoteEpoch 0`, ''].join('\n'),
  );
  return startRedisProcess({
    binary,
    port: node.port,
    password: PASSWORD,
    settings: {
      dir,
      'cluster-enabled': 'yes',
      'cluster-port': String(node.busPort),
      'cluster-node-timeout': String(NODE_TIMEOUT_MS),
      'cluster-replica-validity-factor': '0',
    },
  });
}

/** A line of nodes.conf: the masters come first, then a replica of each. */
function lineOf({ id, port, busPort }: Node, i: number, nodes: readonly Node[], itself: boolean) {
  const isMaster = i < MASTERS;
  const myself = itself ? 'myself,' : '';
  const role = isMaster ? `${myself}master -` : `${myself}slave ${nodes[i - MASTERS]!.id}`;
  const epoch = (i % MASTERS) + 1;
  const [from, to] = [boundary(i), boundary(i + 1) - 1];
  const slots = isMaster ? ` ${from}-${to}` : '';
  return `${id} 127.0.0.1:${port}@${busPort} ${role} 0 0 ${epoch} connected${slots}`;
}

function boundary(i: number): number {
  return Math.floor((i * SLOTS) / MASTERS);
}

async function isServing(server: RedisProcess): Promise<boolean> {
  const info = String(await server.ask('CLUSTER', 'INFO'));
  const replication = String(await server.ask('INFO', 'replication'));
  const linked = !replication.includes('role:slave') || replication.includes('link_status:up');
  return info.includes('cluster_state:ok') && linked;
}

/** @throws while none serves it: the others, and replicas, say who should */
async function masterOf(key: string, servers: readonly RedisProcess[]): Promise<RedisProcess> {
  return Promise.any(servers.map((server) => server.ask('GET', key).then(() => server)));
}
