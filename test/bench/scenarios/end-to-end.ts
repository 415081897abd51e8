import { cpuOfMachine, difference } from '../cpu.js';
import { assertBalanced } from '../figures/ledger.js';
import type { Harness } from '../harness.js';
import { Installation, type CpuByProcess, type InstallationOptions } from '../installation.js';
import type { Load } from '../processes/load-generator.js';

export interface Size {
  warmUp: number;
  events: number;
}

export interface Throughput {
  /** Deliveries per second, from the first event posted to the last delivery received. */
  perSecond: number;
  /** Accepted events per second. */
  acceptedPerSecond: number;
  /** Microseconds per delivery. */
  cpu: CpuByProcess;
  /** Of API, dispatcher, Postgres and Redis together. */
  cpuOfProduct: number;
  /** Cores that unrelated programs used: above about a tenth, speeds say little. */
  coresOfOthers: number;
}

/** Full load: events are posted as fast as they are accepted while deliveries go out. */
export async function endToEnd(
  harness: Harness,
  size: Size,
  options: InstallationOptions = {},
  how: Partial<Load> = {},
): Promise<Throughput> {
  const installation = await Installation.start(harness, options);
  try {
    return await endToEndOn(harness, installation, size, how);
  } finally {
    await installation.stop();
  }
}

/** The same on a running installation. */
export async function endToEndOn(
  harness: Harness,
  installation: Installation,
  size: Size,
  how: Partial<Load> = {},
): Promise<Throughput> {
  await installation.warmUp(size.warmUp, how);
  return measureEndToEnd(harness, installation, size, how);
}

/** The same after warming up. */
export async function measureEndToEnd(
  harness: Harness,
  installation: Installation,
  { warmUp, events }: Size,
  how: Partial<Load> = {},
): Promise<Throughput> {
  const { perEvent } = installation;
  const deliveries = events * perEvent;
  const before = installation.cpu();
  const [machineBefore, measuredFrom] = [cpuOfMachine(), performance.now()];
  const { accepted, refused, startedAt, endedAt } = await installation.post(events, how);
  await harness.received(deliveries);
  await installation.settled();
  const used = difference(installation.cpu(), before);
  const elapsedMicros = (performance.now() - measuredFrom) * 1000;
  const others = cpuOfMachine() - machineBefore - sum(used);
  const cpu = perDelivery(used, deliveries);
  const { unique, duplicates, arrivedAt } = await harness.reception();
  const states = await installation.states();
  assertBalanced({
    posted: (warmUp + accepted) * perEvent,
    delivered: states['delivered'] ?? 0,
    waiting: states['waiting'] ?? 0,
    failed: states['dead'] ?? 0,
    received: warmUp * perEvent + unique,
    duplicates,
    refused,
  });
  return {
    perSecond: deliveries / ((arrivedAt.at(-1)! - startedAt) / 1000),
    acceptedPerSecond: accepted / ((endedAt - startedAt) / 1000),
    cpu,
    cpuOfProduct: cpu.api + cpu.dispatcher + cpu.postgres + cpu.redis,
    coresOfOthers: Math.max(0, others / elapsedMicros),
  };
}

function sum(cpu: CpuByProcess): number {
  return Object.values(cpu).reduce((total, micros) => total + micros, 0);
}

function perDelivery(cpu: CpuByProcess, deliveries: number): CpuByProcess {
  const entries = Object.entries(cpu).map(([name, micros]) => [name, micros / deliveries]);
  return Object.fromEntries(entries) as CpuByProcess;
}
