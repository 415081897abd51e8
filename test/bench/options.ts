/** What `npm run bench` was asked for. */
export interface BenchOptions {
  /** Small figures, to see that it runs; they say nothing about speed. */
  quick: boolean;
  /** The row to measure, or with `*` at the end all whose ids begin so; all of them without it. */
  only?: string;
  runs: number;
  /** Deliveries of history: 1 million by default, 10 million for the other row, 0 in a quick run. */
  history: number;
  /** Dispatchers of each installation. */
  dispatchers: number;
  /** Minutes of a soak, which is made instead of the measurements. */
  soak?: number;
  /** Another checkout, built: its reads are held against those of this one, instead of the measurements. */
  against?: string;
  /** Folder for CPU profiles of API and dispatcher; none without it. Profiling costs speed. */
  profile?: string;
  /** Where the results go, as JSON. */
  output: string;
}

/** How much is done; chosen so that a quick run takes less than two minutes in all. */
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
