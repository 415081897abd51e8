import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Pool } from 'pg';

/** A notification to ourselves that takes longer does not arrive: a pooler is in between. */
const ARRIVES_WITHIN_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** After a connection broke, and after one on which nothing can be heard. */
const AGAIN_MS = { broken: 1_000, deaf: 60_000 };
const PROBE = 'probe ';

export interface ListenerOptions {
  /** Where a session of our own can be had: a pooler that shares them by transaction hears nothing. */
  url: string;
  /** By which we notify ourselves, to find out whether we hear. */
  pool: Pick<Pool, 'query'>;
  /** Of `LISTEN` and `NOTIFY`; a plain name. */
  channel: string;
  onPayload: (payload: string) => void;
  /** Told whenever hearing begins (true) or ends. */
  onHearing?: (hears: boolean) => void;
  /** Run on the connection before hearing begins: what it leaves there ends with the connection. */
  asHearer?: string;
}

/**
 * Hears what is said on a channel, on a connection of its own, from {@link start} to {@link stop}. It says truly whether
 * it hears: `LISTEN` succeeds through a pooler that will never pass a notification on, so it tries one.
 */
export class ChannelListener {
  private client: Client | undefined;
  private running: AbortController | undefined;
  private isListening = false;

  constructor(private readonly options: ListenerOptions) {}

  get hears(): boolean {
    return this.isListening;
  }

  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    void this.listen(this.running.signal);
  }

  async stop(): Promise<void> {
    this.running?.abort();
    this.running = undefined;
    this.become(false);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const how = await this.hearUntilBroken(signal).catch(() => 'broken' as const);
      if (signal.aborted) return;
      this.become(false);
      await sleep(AGAIN_MS[how], undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async hearUntilBroken(signal: AbortSignal): Promise<keyof typeof AGAIN_MS> {
    const client = new Client({
      connectionString: this.options.url,
      application_name: 'schoolbell-listen',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    this.client = client;
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve());
    });
    try {
      await client.connect();
      if (!(await this.hearsOn(client, broken))) return 'deaf';
      client.on('notification', ({ payload = '' }) => this.heard(payload));
      if (this.options.asHearer) await client.query(this.options.asHearer);
      if (!signal.aborted) this.become(true);
      await broken;
      return 'broken';
    } finally {
      client.end().catch(() => undefined);
    }
  }

  /** Whether a notification that goes out by the pool comes in here. */
  private async hearsOn(client: Client, broken: Promise<void>): Promise<boolean> {
    const { channel, pool } = this.options;
    const probe = PROBE + randomUUID();
    const arrived = new Promise<true>((resolve) => {
      client.on('notification', ({ payload }) => {
        if (payload === probe) resolve(true);
      });
    });
    await client.query(`LISTEN ${channel}`);
    await pool.query('SELECT pg_notify($1, $2)', [channel, probe]);
    const never = sleep(ARRIVES_WITHIN_MS, false, { ref: false });
    return Promise.race([arrived, never, broken.then(() => false)]);
  }

  private heard(payload: string): void {
    if (!payload.startsWith(PROBE)) this.options.onPayload(payload);
  }

  private become(hears: boolean): void {
    if (this.isListening === hears) return;
    this.isListening = hears;
    this.options.onHearing?.(hears);
  }
}
