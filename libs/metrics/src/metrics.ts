import { droppedLogLines } from '@schoolbell/logging';
import { collectDefaultMetrics, Counter, Gauge, Registry, type Metric } from 'prom-client';
import type { Distribution } from './distribution.js';
import { versionOfProduct } from './version-of-product.js';
import type { Reading, Tally } from './tally.js';

/** The name of a metric begins with it; those of Node.js and of the process have their usual names. */
const OURS = 'schoolbell_';
/** How often the lag of the event loop is looked at. Milliseconds; a process at rest should stay at rest. */
const LOOK_AT_LAG_MS = 50;

type Readings = readonly Reading[] | Promise<readonly Reading[]>;

/**
 * All that a process shows to Prometheus. Whoever counts hands in what it counts with, and increments plain numbers
 * from then on: text is made of them when somebody asks.
 */
export class Metrics {
  private readonly registry = new Registry();

  /** @param service `api` or `dispatcher` */
  constructor(service: string) {
    const labels = { service, version: versionOfProduct(), node: process.versions.node };
    this.gauge('build_info', 'What runs here. Always 1.', Object.keys(labels), () => [
      { labels, value: 1 },
    ]);
    this.counter(
      'log_lines_dropped_total',
      'Lines of the log that nobody could write: their reader stood still, or is gone.',
      { labels: [], readings: () => [{ labels: {}, value: droppedLogLines() }] },
    );
  }

  /** Adds what Prometheus expects of each process: CPU, memory, handles, the heap, the lag of the event loop. */
  addProcess(): void {
    collectDefaultMetrics({
      register: this.registry,
      eventLoopMonitoringPrecision: LOOK_AT_LAG_MS,
    });
  }

  /** @param name without the prefix of the product, ending with `_total` */
  counter(name: string, help: string, tally: Pick<Tally, 'labels' | 'readings'>): void {
    const shown = new Counter({
      name: OURS + name,
      help,
      labelNames: [...tally.labels],
      registers: [],
      collect() {
        this.reset();
        for (const { labels, value } of tally.readings()) this.inc(labels, value);
      },
    });
    this.registry.registerMetric(shown);
  }

  /**
   * @param name without the prefix of the product, ending with its unit
   * @param read asked at each scrape; it shows no more than what is known
   */
  gauge(name: string, help: string, labelNames: readonly string[], read: () => Readings): void {
    const shown = new Gauge({
      name: OURS + name,
      help,
      labelNames: [...labelNames],
      registers: [],
      async collect() {
        const readings = await read();
        this.reset();
        // What is not known has no line: the 0 that a gauge without labels begins with would be a lie.
        if (labelNames.length === 0) this.remove();
        for (const { labels, value } of readings) this.set(labels, value);
      },
    });
    this.registry.registerMetric(shown);
  }

  /** @param name without the prefix of the product, ending with its unit */
  histogram(name: string, help: string, distributions: readonly Distribution[]): void {
    this.registry.registerMetric(
      new ReadDistributions(OURS + name, help, distributions).asMetric(),
    );
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}

/** prom-client has no histogram that is read rather than told: each value would cost twenty times as much. */
class ReadDistributions {
  readonly type = 'histogram';
  readonly aggregator = 'sum';

  constructor(
    readonly name: string,
    readonly help: string,
    private readonly distributions: readonly Distribution[],
  ) {}

  /** All that its registry asks of a metric is `name` and `get`. */
  asMetric(): Metric {
    return this as unknown as Metric;
  }

  async get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    return {
      name,
      help,
      type,
      aggregator,
      values: this.distributions.flatMap((d) => this.lines(d)),
    };
  }

  private lines({ bounds, counts, labels, sum }: Distribution): object[] {
    let soFar = 0;
    const buckets = [...bounds, '+Inf'].map((le, index) => ({
      metricName: `${this.name}_bucket`,
      labels: { ...labels, le },
      value: (soFar += counts[index]!),
    }));
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: soFar },
    ];
  }
}
