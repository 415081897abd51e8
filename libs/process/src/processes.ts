import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 25;

/** True while a process of this id exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a running process, or `undefined` where it is gone or cannot be asked for. */
export function commandLineOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    }
    return ps(pid, 'command=');
  } catch {
    return undefined;
  }
}

/**
 * Tells a process from a later one with the same id: its start time and command line. `undefined` when
 * there is no such process.
 */
export function identityOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  return `${startTimeOf(pid)} ${commandLineOf(pid) ?? ''}`;
}

function startTimeOf(pid: number): string {
  try {
    if (process.platform !== 'linux') return ps(pid, 'lstart=');
    // proc(5): starttime is field 22; the name, field 2, may hold spaces and ends with the last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
}

/** @returns whether it was gone within the time */
async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Sends the signals one after the other until the process is gone. */
export async function stopProcess(
  pid: number,
  ...steps: readonly { signal: NodeJS.Signals; waitMs: number }[]
): Promise<void> {
  for (const { signal, waitMs } of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntilGone(pid, waitMs)) return;
  }
}
