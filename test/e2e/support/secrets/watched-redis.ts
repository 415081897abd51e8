import { Redis } from 'ioredis';
import { startOwnRedis } from '../../../support/index.js';

export interface WatchedRedis {
  /** Includes its password. */
  url: string;
  /** Every command that it was sent, with its arguments. */
  commands(): string;
  set(key: string, value: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** A Redis that requires a password, and that records everything it is sent. */
export async function startWatchedRedis(password: string): Promise<WatchedRedis> {
  const server = await startOwnRedis();
  const client = new Redis(server.url);
  const monitor = await client.monitor();
  const seen: string[] = [];
  monitor.on('monitor', (_time: string, args: string[]) => seen.push(args.join(' ')));
  await client.config('SET', 'requirepass', password);
  const url = new URL(server.url);
  url.password = encodeURIComponent(password);
  return {
    url: url.href,
    // Clients log in with the commands that contain the password.
    commands: () => seen.filter((one) => !/^(auth|hello|config) /i.test(one)).join('\n'),
    set: (key, value) => client.set(key, value),
    stop: async () => {
      monitor.disconnect();
      client.disconnect();
      await server.stop();
    },
  };
}
