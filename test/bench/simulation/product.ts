import type { Network } from './simulate.ts';

/**
 * CPU of an event with one delivery at full load, in µs: docs/performance.md, "Where the time goes". Of Postgres, half
 * goes to accepting, a sixth to claiming, a third to recording. Whatever V8 does on threads of its own counts as work of
 * the one thread, which makes up for the time in which that thread waits for Postgres.
 */
export const CPU = {
  api: 83,
  accepting: 49,
  claiming: 16,
  dispatcher: 113,
  recording: 33,
  redis: 4.5,
  generator: 17,
  receiver: 20,
};

/**
 * Bytes of the write-ahead log for an event with one delivery and one attempt: docs/scaling.md. The sum was measured; how
 * it is shared is by the rows and entries that are written.
 */
export const WAL_BYTES = { accepting: 2_200, dispatching: 1_400 };

/** Of the pool of a dispatcher. */
const DISPATCH_CONNECTIONS = 4;

export interface Installation {
  cores: number;
  apis: number;
  dispatchers: number;
  /** What the disk of the write-ahead log takes, in bytes a second. */
  diskBytesPerSecond: number;
  /** Load generator and receivers are on the same machine. */
  withHarness: boolean;
}

/** Everything that an event with one delivery goes through, from its post to the record of its attempt. */
export function endToEnd(installation: Installation): Network {
  return network(installation, [...accepting(installation), ...dispatching(installation)]);
}

/** What is left to do for a delivery that waits in a backlog. */
export function draining(installation: Installation): Network {
  return network(installation, dispatching(installation));
}

type Steps = { station: string; micros: number }[];

function accepting({ withHarness, diskBytesPerSecond }: Installation): Steps {
  return [
    ...(withHarness ? [{ station: 'harness', micros: CPU.generator }] : []),
    { station: 'APIs', micros: CPU.api },
    { station: 'accepting', micros: CPU.accepting },
    { station: 'disk', micros: (WAL_BYTES.accepting / diskBytesPerSecond) * 1e6 },
  ];
}

function dispatching({ withHarness, diskBytesPerSecond }: Installation): Steps {
  return [
    { station: 'Redis', micros: CPU.redis },
    { station: 'claiming and recording', micros: CPU.claiming },
    { station: 'dispatchers', micros: CPU.dispatcher },
    ...(withHarness ? [{ station: 'harness', micros: CPU.receiver }] : []),
    { station: 'claiming and recording', micros: CPU.recording },
    { station: 'disk', micros: (WAL_BYTES.dispatching / diskBytesPerSecond) * 1e6 },
  ];
}

function network({ cores, apis, dispatchers }: Installation, steps: Steps): Network {
  const stations = [
    { name: 'APIs', servers: apis, onCore: true },
    // An API has one flush under way at a time.
    { name: 'accepting', servers: apis, onCore: true },
    { name: 'dispatchers', servers: dispatchers, onCore: true },
    {
      name: 'claiming and recording',
      servers: DISPATCH_CONNECTIONS * dispatchers,
      onCore: true,
    },
    { name: 'Redis', servers: 1, onCore: true },
    { name: 'disk', servers: 1, onCore: false },
    { name: 'harness', servers: Infinity, onCore: true },
  ];
  return { cores, stations, steps };
}
