import type { TestDatabase } from '../support/index.js';
import type { Harness } from './harness.js';
import type { InstallationOptions } from './installation.js';
import type { Amounts } from './options.js';
import type { Load } from './processes/load-generator.js';
import { endToEnd, type Throughput } from './scenarios/end-to-end.js';
import { latency, type Latency } from './scenarios/latency.js';
import { naive } from './scenarios/naive.js';

/** One run: each measurement is made once, when the first row needs it, and shared by further rows. */
export class Run {
  /** Further figures for the report. */
  readonly figures: Record<string, unknown> = {};
  private readonly measured = new Map<string, Promise<unknown>>();

  constructor(
    readonly harness: Harness,
    readonly amounts: Amounts,
    /** A database with this much history, if the options include one. */
    readonly history: (deliveries: number) => Promise<TestDatabase | undefined>,
    private readonly log: (line: string) => void,
  ) {}

  once<Result>(name: string, measure: () => Promise<Result>): Promise<Result> {
    const known = this.measured.get(name);
    if (known) return known as Promise<Result>;
    const measuring = this.harness.calm().then(measure);
    this.measured.set(name, measuring);
    return measuring.then((result) => {
      this.figures[name] = result;
      this.log(`  ${name}: ${summary(result)}`);
      return result;
    });
  }

  /** Measured again right after what is compared with it: on a shared machine a minute is a long time. */
  bareLoop(after: string): Promise<number> {
    const { events, warmUp } = this.amounts.bare;
    const name = `bare loop after ${after}, requests/s`;
    return this.once(name, () => this.harness.bareLoop(events, warmUp));
  }

  /** Full load, measured again for each row that is compared with it. */
  oneWebhook(beside?: string): Promise<Throughput> {
    return this.throughput(`1 webhook per event${beside ? `, beside ${beside}` : ''}`, {});
  }

  throughput(
    name: string,
    options: InstallationOptions,
    size = this.amounts.one,
    how: Partial<Load> = {},
  ): Promise<Throughput> {
    return this.once(name, () => endToEnd(this.harness, size, options, how));
  }

  naive(sender: 'fetch' | 'undici'): Promise<{ perSecond: number; cpu: number }> {
    const measure = () => naive(this.harness, this.amounts.naive, sender);
    return this.once(`naive design with ${sender}`, measure);
  }

  /** At 30 % of the full load that this run showed. */
  async latency(hangs = false): Promise<Latency> {
    const rate = 0.3 * (await this.oneWebhook()).perSecond;
    const { hang, latencySeconds: seconds, one } = this.amounts;
    const behaviour = hangs ? { hangingPath: '/w/0', hangMs: hang.ms } : {};
    const settings = { rate, seconds, warmUp: one.warmUp, behaviour };
    const name = `latency at 30 %${hangs ? ', 1 of 50 hanging' : ''}`;
    return this.once(name, () => latency(this.harness, settings));
  }
}

function summary(result: unknown): string {
  if (typeof result === 'number') return result.toFixed(1);
  return JSON.stringify(result, (_key, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  );
}
