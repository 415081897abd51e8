import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that Linux gives to whoever asks for any, and to connections: 32,768 and up. */
const OURS = [20_000, 32_000] as const;

/** Those that this process has looked at. */
const seen = new Set<number>();

/**
 * A port that stays free while nobody listens on it: until a server has started that is told of it, or while one is away.
 */
export async function reservedPort(): Promise<number> {
  for (;;) {
    const port = randomInt(...OURS);
    if (seen.has(port)) continue;
    seen.add(port);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
