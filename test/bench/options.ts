/** The options of `npm run bench`. */
export interface BenchOptions {
  /** Small amounts, to see that it works; they say nothing about speed. */
  quick: boolean;
  /** The rows to measure by id, separated by commas; `*` at the end of an id stands for anything. Default: all. */
  only?: string;
  runs: number;
  /** Deliveries of history: 1 million by default, 10 million for the row about them, 0 in a quick run. */
  history: number;
  /** Dispatchers of each installation. */
  dispatchers: number;
  /** Minutes of a soak, which replaces the measurements. */
  soak?: number;
  /** Another checkout, built: reads are compared with its own, which replaces the measurements. */
  against?: string;
  /** Folder for CPU profiles of API and dispatcher; undefined makes none. Profiling costs speed. */
  profile?: string;
  /** Where the results go, as JSON. */
  output: string;
}

/** The amounts of work; a quick run takes less than two minutes in all. */
export function amountsOf({ quick }: BenchOptions) {
  return quick
    ? {
        bare: { warmUp: 500, events: 4_000 },
        one: { warmUp: 300, events: 1_500 },
        three: { warmUp: 150, events: 600 },
        format: { warmUp: 100, events: 400 },
        naive: { warmUp: 100, events: 600 },
        accepting: { warmUp: 300, events: 2_000 },
        backlog: 2_000,
        spread: 500,
        latencySeconds: 3,
        hang: { ms: 2_000, seconds: 3 },
        idleSeconds: 2,
        lowLoadSeconds: 3,
        restSeconds: 2,
        memory: undefined,
      }
    : {
        bare: { warmUp: 8_000, events: 60_000 },
        one: { warmUp: 20_000, events: 30_000 },
        three: { warmUp: 7_000, events: 12_000 },
        format: { warmUp: 6_000, events: 10_000 },
        naive: { warmUp: 4_000, events: 6_000 },
        accepting: { warmUp: 10_000, events: 20_000 },
        backlog: 60_000,
        spread: 10_000,
        latencySeconds: 12,
        hang: { ms: 10_000, seconds: 12 },
        idleSeconds: 10,
        lowLoadSeconds: 10,
        restSeconds: 25,
        memory: { few: 1_000, many: 1_000_000, seconds: 10 },
      };
}

export type Amounts = ReturnType<typeof amountsOf>;
