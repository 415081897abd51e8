import { spawn, type ChildProcess } from 'node:child_process';
import cluster from 'node:cluster';
import { join } from 'node:path';

/** A service, by its bundle. */
export type Program = 'api' | 'dispatcher';

export interface Launched {
  program: Program;
  env: NodeJS.ProcessEnv;
  /** What its heap may grow to, in MiB. */
  heapMb: number;
  /** Whether it tells a collector of traces. */
  traced: boolean;
}

/** Starts one process. */
export type Launch = (process: Launched) => ChildProcess;

/**
 * By default V8 keeps garbage until the heap is four times its live size, and up to 64 MiB of young objects. These
 * flags halve the memory at full load for a few percent of CPU, which suits one machine that runs everything.
 */
const SMALL_HEAP = ['--max-semi-space-size=16', '--heap-growing-percent=100'];
/** The C library keeps freed memory unless it is told to return whatever exceeds this many bytes. */
const GIVE_BACK = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: String(128 * 1024) };
const STOP_WITH_PARENT = join(import.meta.dirname, 'stop-with-parent.js');
/** Sends traces to a collector. */
const TRACING = join(import.meta.dirname, '..', '..', 'tracing/src/register.js');
const BUNDLES = join(import.meta.dirname, '..', '..', '..', 'bundles');

/** A process that opens its own ports. */
export const launchAlone: Launch = (launched) =>
  spawn(process.execPath, [...argumentsOf(launched), bundleOf(launched)], {
    env: { ...GIVE_BACK, ...launched.env },
    // A session of its own: on Ctrl-C the supervisor decides who stops when.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

/**
 * One of several that share their port: this process opens it, each of them accepts from it, and the kernel says which.
 * When one dies, what waited to be accepted is accepted by another. To accept here and hand connections round
 * (`SCHED_RR`) would leave a connection open for ever that was on its way to a process that died; with `SO_REUSEPORT`,
 * what waits at such a process is lost, and not every system has it.
 */
export const launchSharing: Launch = (launched) => {
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({
    exec: bundleOf(launched),
    execArgv: argumentsOf(launched),
    args: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return cluster.fork({ ...GIVE_BACK, ...launched.env }).process;
};

const argumentsOf = ({ heapMb, traced }: Launched): string[] => [
  ...SMALL_HEAP,
  `--max-old-space-size=${heapMb}`,
  ...[STOP_WITH_PARENT, ...(traced ? [TRACING] : [])].flatMap((path) => ['--import', path]),
];
const bundleOf = ({ program }: Launched): string => join(BUNDLES, `${program}.js`);
