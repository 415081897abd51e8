import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** proc(5): zombies, and processes that are being removed, run nothing any more. */
const ENDED_STATES = ['Z', 'X', 'x'];

/**
 * Identifies where process ids mean the same processes: this boot of this machine, in this container. Null where it
 * cannot be told, which is everywhere but on Linux.
 */
export function machineOfProcesses(): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const namespaces = ['pid', 'time'].map((kind) => readlinkSync(`/proc/self/ns/${kind}`));
    return [boot, ...namespaces, hostname()].join(' ');
  } catch {
    return null;
  }
}

/** Distinguishes a process from a later one with the same id. Null where it cannot be told. */
export function startOfProcess(pid: number): string | null {
  return readStat(pid)?.started ?? null;
}

/**
 * Whether a process of this machine has certainly ended. One that is stopped, or that may not be asked about, has not.
 *
 * @param started see {@link startOfProcess}
 */
export function hasProcessEnded(pid: number, started: string): boolean {
  if (!exists(pid)) return true;
  const stat = readStat(pid);
  return stat !== undefined && (ENDED_STATES.includes(stat.state) || stat.started !== started);
}

/** A process of another user is invisible in `/proc`, but can still be probed. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function readStat(pid: number): { state: string; started: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, field 2, may contain spaces and ends with the last bracket: `state` is field 3, `starttime` field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0]!, started: fields[19]! };
  } catch {
    return undefined;
  }
}
