import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel was built with. */
const MICROS_PER_TICK = 10_000;

/** A process, and whether its ended children count too (for Postgres and its backends). */
export interface Watched {
  pid: number;
  withChildren?: boolean;
}

/** CPU time that each process has used so far, user and system, in microseconds. */
export function cpuOf<Name extends string>(
  processes: Record<Name, Watched[]>,
): Record<Name, number> {
  const entries = Object.entries<Watched[]>(processes).map(([name, watched]) => [
    name,
    watched.reduce((sum, one) => sum + cpuOfOne(one), 0),
  ]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

export function difference<Name extends string>(
  after: Record<Name, number>,
  before: Record<Name, number>,
): Record<Name, number> {
  const entries = Object.entries<number>(after).map(([name, value]) => [
    name,
    value - before[name as Name],
  ]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** CPU time that all processes of the machine have used together, in microseconds. */
export function cpuOfMachine(): number {
  const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user! + nice! + system! + irq! + softirq!) * MICROS_PER_TICK;
}

/** Memory of a process in bytes: at present, and the most so far. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { now: kilobytes('VmRSS') * 1024, peak: kilobytes('VmHWM') * 1024 };
}

/**
 * Memory of a process in bytes: `pss` is its own plus its part of what processes share, such as the text of Node
 * itself; `rss` is all that it has in memory, as `ps` and `top` show it.
 */
export function footprintOf(pid: number): { pss: number; rss: number } {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)![1]) * 1024;
  return { pss: bytes('Pss'), rss: bytes('Rss') };
}

function cpuOfOne({ pid, withChildren = false }: Watched): number {
  const fields = statOf(pid);
  if (!fields) return 0;
  const ended = withChildren ? fields.childTicks : 0;
  const living = withChildren
    ? childrenOf(pid).reduce((sum, child) => sum + cpuOfOne({ pid: child }), 0)
    : 0;
  return (fields.ticks + ended) * MICROS_PER_TICK + living;
}

/** A process that has ended has none. */
function statOf(pid: number): { ticks: number; childTicks: number; parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may contain anything; fields from the third on follow it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
    return { ticks: utime! + stime!, childTicks: cutime! + cstime!, parent: Number(fields[1]) };
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => statOf(other)?.parent === pid);
}
