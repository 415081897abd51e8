import { readFileSync } from 'node:fs';

/** Linux counts in ticks of 10 ms, whatever the machine. */
export const PROCESSOR_TICK_MS = 10;

/**
 * The processor time that a process has used since it started, in milliseconds, rounded down to 10;
 * `undefined` where the system does not tell, as anywhere but on Linux.
 */
export function processorTime(pid: number | undefined): number | undefined {
  try {
    const [, afterName = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
    const fields = afterName.split(' ').map(Number);
    // Fields 14 and 15 of proc(5), utime and stime; the third is the first behind the name.
    return ((fields[11] ?? Number.NaN) + (fields[12] ?? Number.NaN)) * PROCESSOR_TICK_MS;
  } catch {
    return undefined;
  }
}
