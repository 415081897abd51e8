import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis, type TestRedis } from '../support/index.js';
import { BenchProcess } from './bench-process.js';
import type { Watched } from './cpu.js';
import type { BareLoop } from './processes/bare-loop.js';
import type { Load, LoadReport } from './processes/load-generator.js';
import type { Behaviour, Reception } from './processes/receiver.js';
import { redisPid } from './redis-pid.js';

/** As many as the spec of the baseline has. */
const ORIGINS = 50;
/** If nothing arrives for this long, nothing more will. */
const PATIENCE_MS = 15_000;

/** Everything around the product under measurement: receivers, load generator, Redis. */
export class Harness {
  private constructor(
    readonly ports: number[],
    readonly redis: TestRedis,
    readonly redisProcess: Watched,
    private readonly receiver: BenchProcess,
    private readonly generator: BenchProcess,
  ) {}

  static async start(): Promise<Harness> {
    const [receiver, generator, redis] = await Promise.all([
      BenchProcess.start('receiver'),
      BenchProcess.start('load-generator'),
      startRedis(),
    ]);
    const ports = await receiver.call<number[]>('listen', ORIGINS);
    return new Harness(ports, redis, { pid: await redisPid(redis.url) }, receiver, generator);
  }

  async stop(): Promise<void> {
    this.receiver.stop();
    this.generator.stop();
    await this.redis.stop();
  }

  get processes(): { receiver: Watched[]; generator: Watched[] } {
    return { receiver: [{ pid: this.receiver.pid }], generator: [{ pid: this.generator.pid }] };
  }

  /** The URL of a webhook by its number; if there are more webhooks than origins, they share them. */
  urlOf(webhook: number): string {
    return `http://127.0.0.1:${this.ports[webhook % ORIGINS]}/w/${webhook}`;
  }

  post(load: Load): Promise<LoadReport> {
    return this.generator.call('post', load);
  }

  /** Forgets what was received, and sets how receivers behave from now on. */
  async expect(behaviour: Behaviour = {}): Promise<void> {
    await this.receiver.call('expect', behaviour);
  }

  /** @throws Error if fewer deliveries than `count` arrive */
  async received(count: number): Promise<void> {
    const wanted = { count, patienceMs: PATIENCE_MS };
    if (await this.receiver.call<boolean>('received', wanted)) return;
    const { unique } = await this.reception();
    throw new Error(`Only ${unique} of ${count} deliveries arrived.`);
  }

  reception(): Promise<Reception> {
    return this.receiver.call('report');
  }

  /** Requests per second of the bare loop. */
  async bareLoop(requests: number, warmUp: number): Promise<number> {
    const loop = await BenchProcess.start('bare-loop');
    const settings: BareLoop = { ports: this.ports, requests: warmUp, perOrigin: 8 };
    try {
      await this.expect();
      await loop.call('send', settings);
      await this.expect();
      const startedAt = performance.now();
      await loop.call('send', { ...settings, requests });
      const seconds = (performance.now() - startedAt) / 1000;
      const { unique } = await this.reception();
      if (unique !== requests) throw new Error(`The bare loop lost ${requests - unique} requests.`);
      return requests / seconds;
    } finally {
      loop.stop();
    }
  }

  /** Waits for what a measurement left behind: vacuum, checkpoints, closing sockets. */
  async calm(): Promise<void> {
    await sleep(500);
  }
}
