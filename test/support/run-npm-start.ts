import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILE_CACHE } from './compile-cache.js';
import { eventually } from './eventually.js';

const ROOT = join(import.meta.dirname, '..', '..');
const READY = 'Schoolbell is ready.';
const READY_TIMEOUT_MS = 100_000;

export interface StartedProduct {
  /** Id of the process that runs Postgres, API and dispatcher. */
  pid: number;
  /** Everything that it has printed so far. */
  output(): string;
  /** Resolves when it reports that it is ready; rejects when it ends before. */
  ready(): Promise<void>;
  /** Resolves with its exit code; `null` when a signal ended it. */
  exited(): Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** The process ids of one API and one dispatcher. */
  children(): { api: number; dispatcher: number };
  /** Those of all that run at the moment. */
  pidsOf(program: 'api' | 'dispatcher'): number[];
}

const SCRIPT = [process.execPath, join(ROOT, 'scripts/start.mjs')] as const;
const NPM = ['npm', 'start'] as const;

export interface RunOptions {
  home: string;
  port: number;
  env?: NodeJS.ProcessEnv;
  /** Whether to run npm itself rather than the script that it runs. Default false. */
  throughNpm?: boolean;
}

/** Runs `npm start` with its own data folder and port. */
export function runStart({ home, port, env, throughNpm }: RunOptions): StartedProduct {
  const [command, ...args] = throughNpm ? NPM : SCRIPT;
  const child = spawn(command, args, {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      ...COMPILE_CACHE,
      SCHOOLBELL_HOME: home,
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return {
    pid: child.pid!,
    output: () => output,
    ready: async () => {
      await eventually(() => output.includes(READY) || hasEnded(child), {
        timeoutMs: READY_TIMEOUT_MS,
      });
      if (!output.includes(READY)) throw new Error(`It ended before it was ready:\n${output}`);
    },
    exited: async () => {
      if (!hasEnded(child)) await new Promise((resolve) => child.once('close', resolve));
      return child.exitCode;
    },
    signal: (signal) => void child.kill(signal),
    children: () => ({
      api: descendant(child.pid!, 'bundles/api.js'),
      dispatcher: descendant(child.pid!, 'bundles/dispatcher.js'),
    }),
    pidsOf: (program) => descendants(child.pid!, `bundles/${program}.js`),
  };
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

function descendant(parent: number, text: string): number {
  const [found] = descendants(parent, text);
  if (!found) throw new Error(`No child process of ${parent} runs ${text}.`);
  return found;
}

function descendants(parent: number, text: string): number[] {
  return processesWith(text)
    .filter(({ ppid }) => ppid === parent)
    .map(({ pid }) => pid);
}

interface RunningProcess {
  pid: number;
  ppid: number;
  command: string;
}

/** The processes of this machine whose command line contains this text. Linux only. */
export function processesWith(text: string): RunningProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      if (!command.includes(text)) return [];
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ pid, ppid, command }];
    } catch {
      return [];
    }
  });
}
