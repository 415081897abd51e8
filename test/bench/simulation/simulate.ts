import { EventQueue } from './event-queue.ts';
import { Servers } from './servers.ts';

/** Where jobs are worked on. */
export interface Station {
  name: string;
  /** How many jobs it works on at once: threads, connections. `Infinity` for as many as come. */
  servers: number;
  /** Of the machine's cores, each server needs one while it works. A disk does not. */
  onCore: boolean;
}

/** One step of every job. */
export interface Step {
  station: string;
  /** On average. */
  micros: number;
  /** How much the time varies. Default `exponential`. */
  spread?: 'exponential' | 'none';
}

export interface Network {
  cores: number;
  stations: readonly Station[];
  /** What every job goes through, in this order. */
  steps: readonly Step[];
}

/** So many jobs at once, each followed by the next; or jobs that come by themselves, so many a second. */
export type Load = { jobs: number } | { perSecond: number };

export interface Outcome {
  perSecond: number;
  /** Microseconds from a job's coming to its end, on average. */
  inSystem: number;
  /** Shares of the time in which servers of each station, and the cores, worked. */
  used: Record<string, number>;
}

export interface Duration {
  seconds: number;
  /** Left out of the outcome. */
  warmUpSeconds: number;
  seed?: number;
}

/** Lets jobs go through the network, event by event. The same seed gives the same outcome. */
export function simulate(network: Network, load: Load, duration: Duration): Outcome {
  const run = new SimulationRun(network, duration.seed ?? 1);
  run.begin(load);
  run.runFor(duration.warmUpSeconds * 1e6);
  const before = run.counts();
  run.runFor(duration.seconds * 1e6);
  return outcomeOf(before, run.counts(), duration.seconds);
}

interface Counts {
  ended: number;
  inSystem: number;
  busy: Record<string, { micros: number; servers: number }>;
}

class SimulationRun {
  private readonly events = new EventQueue();
  private readonly random: () => number;
  private readonly cores: Servers;
  private readonly stations: Map<string, { servers: Servers; onCore: boolean }>;
  private readonly network: Network;
  private ended = 0;
  private inSystem = 0;
  private again = false;

  constructor(network: Network, seed: number) {
    this.network = network;
    this.random = randomFrom(seed);
    this.cores = new Servers(network.cores);
    this.stations = new Map(
      network.stations.map(({ name, servers, onCore }) => [
        name,
        { servers: new Servers(servers), onCore },
      ]),
    );
  }

  begin(load: Load): void {
    if ('jobs' in load) {
      this.again = true;
      for (let i = 0; i < load.jobs; i++) this.enter();
    } else {
      const come = (): void => {
        this.enter();
        this.events.after(this.exponential(1e6 / load.perSecond), come);
      };
      this.events.after(this.exponential(1e6 / load.perSecond), come);
    }
  }

  runFor(micros: number): void {
    this.events.run(this.events.now + micros);
  }

  counts(): Counts {
    const all = [...this.stations].map(([name, { servers }]) => [name, servers] as const);
    const busy = [...all, ['cores', this.cores] as const].map(([name, servers]) => [
      name,
      { micros: servers.busyMicros, servers: servers.count },
    ]);
    return { ended: this.ended, inSystem: this.inSystem, busy: Object.fromEntries(busy) };
  }

  private enter(): void {
    this.work(0, this.events.now);
  }

  private work(index: number, since: number): void {
    const step = this.network.steps[index];
    if (!step) return this.leave(since);
    const { servers, onCore } = this.stations.get(step.station)!;
    const micros = step.spread === 'none' ? step.micros : this.exponential(step.micros);
    const end = (): void => {
      if (onCore) this.cores.release(micros);
      servers.release(micros);
      this.work(index + 1, since);
    };
    const start = (): void => this.events.after(micros, end);
    servers.take(() => (onCore ? this.cores.take(start) : start()));
  }

  private leave(since: number): void {
    this.ended++;
    this.inSystem += this.events.now - since;
    if (this.again) this.enter();
  }

  private exponential(mean: number): number {
    return -mean * Math.log(1 - this.random());
  }
}

function outcomeOf(before: Counts, after: Counts, seconds: number): Outcome {
  const ended = after.ended - before.ended;
  const used = Object.entries(after.busy).map(([name, { micros, servers }]) => [
    name,
    (micros - before.busy[name]!.micros) / (servers * seconds * 1e6),
  ]);
  return {
    perSecond: ended / seconds,
    inSystem: (after.inSystem - before.inSystem) / ended,
    used: Object.fromEntries(used),
  };
}

/** Mulberry32: 32 bits of state are enough for some million numbers. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
