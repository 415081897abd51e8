import { describe, expect, it } from 'vitest';
import { limitOf } from './limits.ts';
import { draining, endToEnd, type Installation } from './product.ts';
import { simulate, type Network } from './simulate.ts';

/** Long enough for a mean that is within some per cent of the true one. */
const jobsAt = (perSecond: number) => ({ seconds: 400_000 / perSecond, warmUpSeconds: 5 });
const SHORT = { seconds: 2, warmUpSeconds: 0.5 };

/** One station of so many servers, with nothing else in the way. */
function station(servers: number, micros: number, spread?: 'exponential' | 'none'): Network {
  return {
    cores: 1_000,
    stations: [{ name: 'station', servers, onCore: true }],
    steps: [{ station: 'station', micros, spread }],
  };
}

/** Erlang's C: the share of jobs that have to wait. */
function shareThatWaits(servers: number, load: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < servers; n++) sum += term *= load / n;
  const full = (term * load) / servers / (1 - load / servers);
  return full / (sum + full);
}

describe('the simulation agrees with what queueing theory says', () => {
  it.each([0.3, 0.7, 0.9])('of one server with random times (M/M/1), busy for %d', (busy) => {
    const micros = 1_000;
    const perSecond = busy * 1_000;
    const { inSystem, used } = simulate(station(1, micros), { perSecond }, jobsAt(perSecond));
    expect(used.station).toBeCloseTo(busy, 1);
    expect(inSystem / (micros / (1 - busy))).toBeCloseTo(1, 1);
  });

  it.each([
    [4, 0.5],
    [4, 0.8],
    [16, 0.9],
  ])('of %d servers, busy for %d (M/M/c)', (servers, busy) => {
    const micros = 1_000;
    const perSecond = (busy * servers * 1e6) / micros;
    const { inSystem } = simulate(station(servers, micros), { perSecond }, jobsAt(perSecond));
    const waits = shareThatWaits(servers, busy * servers) / (servers * (1 - busy));
    expect(inSystem / (micros * (1 + waits))).toBeCloseTo(1, 1);
  });

  it('of times that are all the same (M/D/1): half the wait of random ones', () => {
    const [micros, busy] = [1_000, 0.8];
    const { inSystem } = simulate(station(1, micros, 'none'), { perSecond: 800 }, jobsAt(800));
    const theory = micros * (1 + busy / (2 * (1 - busy)));
    expect(inSystem / theory).toBeCloseTo(1, 1);
  });

  it('of cores that all threads share: they are an M/M/c queue of their own', () => {
    const threads = { name: 'threads', servers: Infinity, onCore: true };
    const network = {
      cores: 4,
      stations: [threads],
      steps: [{ station: 'threads', micros: 1_000 }],
    };
    const { inSystem, used } = simulate(network, { perSecond: 3_200 }, jobsAt(3_200));
    const waits = shareThatWaits(4, 3.2) / (4 * 0.2);
    expect(used.cores).toBeCloseTo(0.8, 1);
    expect(inSystem / (1_000 * (1 + waits))).toBeCloseTo(1, 1);
  });

  it('of a closed network: the slowest station sets the pace, and all jobs are somewhere (Little)', () => {
    const network: Network = {
      cores: 100,
      stations: [
        { name: 'slow', servers: 1, onCore: true },
        { name: 'fast', servers: 1, onCore: true },
      ],
      steps: [
        { station: 'slow', micros: 500 },
        { station: 'fast', micros: 100 },
      ],
    };
    const { perSecond, inSystem } = simulate(network, { jobs: 50 }, jobsAt(2_000));
    expect(perSecond / 2_000).toBeCloseTo(1, 1);
    expect((perSecond * inSystem) / 1e6).toBeCloseTo(50, 0);
  });

  it('the same seed gives the same figures', () => {
    const once = simulate(station(2, 700), { jobs: 9 }, { ...SHORT, seed: 7 });
    expect(simulate(station(2, 700), { jobs: 9 }, { ...SHORT, seed: 7 })).toEqual(once);
    expect(simulate(station(2, 700), { jobs: 9 }, { ...SHORT, seed: 8 })).not.toEqual(once);
  });
});

/** As the bench measures: everything on two cores, the disk hardly busy. */
const TWO_CORES: Installation = {
  cores: 2,
  apis: 1,
  dispatchers: 1,
  diskBytesPerSecond: 1e9,
  withHarness: true,
};

describe('the simulation of the product agrees with what was measured on two cores', () => {
  it('end to end: 5,380 to 5,940 events a second', () => {
    const { perSecond } = simulate(endToEnd(TWO_CORES), { jobs: 256 }, SHORT);
    expect(perSecond).toBeGreaterThan(5_380 * 0.95);
    expect(perSecond).toBeLessThan(5_940 * 1.05);
  });

  it('draining with one dispatcher: 7,120 to 8,870 deliveries a second, since it is one thread', () => {
    const { perSecond, used } = simulate(draining(TWO_CORES), { jobs: 1_000 }, SHORT);
    expect(used.dispatchers).toBeGreaterThan(0.95);
    expect(perSecond).toBeGreaterThan(7_120 * 0.95);
    expect(perSecond).toBeLessThan(8_870 * 1.05);
  });

  it('draining with two: 10,900 a second, since both cores are full', () => {
    const two = { ...TWO_CORES, dispatchers: 2 };
    const { perSecond, used } = simulate(draining(two), { jobs: 1_000 }, SHORT);
    expect(used.cores).toBeGreaterThan(0.95);
    expect(perSecond).toBeGreaterThan(10_900 * 0.95);
    expect(perSecond).toBeLessThan(10_900 * 1.05);
  });
});

describe('where the next limit is', () => {
  const EIGHT = { ...TWO_CORES, cores: 8, withHarness: false };

  it('on eight cores: one dispatcher is full long before the cores are', () => {
    const { fullest, perSecond } = limitOf(EIGHT);
    expect(fullest[0]![0]).toBe('dispatchers');
    const two = limitOf({ ...EIGHT, apis: 2, dispatchers: 2 });
    expect(two.perSecond / perSecond).toBeCloseTo(2, 0);
  });

  it('on 128 cores: the disk of the write-ahead log, however many processes there are', () => {
    const many = { ...EIGHT, cores: 128, apis: 48, dispatchers: 48, diskBytesPerSecond: 2e8 };
    const { fullest, bytesPerSecond } = limitOf(many);
    expect(fullest[0]![0]).toBe('disk');
    expect(bytesPerSecond / 2e8).toBeCloseTo(1, 1);
  });
});
