import type { Harness } from '../harness.js';
import { seedKey } from '../../support/index.js';
import { Installation } from '../installation.js';
import { measureEndToEnd, type Size, type Throughput } from './end-to-end.js';

/** People who watch a tenant's deliveries at the same time. */
const WATCHERS = 20;

/** Full load of a tenant that people watch: each has a stream, and reads what it sends. */
export async function watching(harness: Harness, size: Size): Promise<Throughput> {
  const installation = await Installation.start(harness);
  const abort = new AbortController();
  try {
    const { apiUrl, database, tenantUuid } = installation.schoolbell;
    const key = await seedKey(database, { tenantUuid });
    await installation.warmUp(size.warmUp);
    const readers = Array.from({ length: WATCHERS }, () => watch(apiUrl, key, abort.signal));
    await Promise.all(readers);
    return await measureEndToEnd(harness, installation, size);
  } finally {
    abort.abort();
    await installation.stop();
  }
}

/** Resolves once the stream is open; it is read until the end of the measurement. */
async function watch(apiUrl: string, key: string, signal: AbortSignal): Promise<void> {
  const { body, status } = await fetch(`${apiUrl}/v1/stream/deliveries?expand=event`, {
    headers: { authorization: `Bearer ${key}` },
    signal,
  });
  if (status !== 200 || !body) throw new Error(`No stream: ${status}`);
  void body.pipeTo(new WritableStream(), { signal }).catch(() => undefined);
}
