import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Transform } from 'node:stream';

/** Ends Postgres' greeting: `ReadyForQuery`, with nothing under way. */
const READY = Buffer.from('Z\0\0\0\x05I');
/** `ErrorResponse` of a server that is told to stop. */
const STOPPING = errorResponse({
  S: 'FATAL',
  C: '57P01',
  M: 'terminating connection due to administrator command',
});

/** A way to Postgres on which it can be told to stop in the very instant in which it has greeted a client. */
export interface StoppingPostgres {
  url: string;
  /** Whether the connections that are made from now on end with their greeting. */
  stops: boolean;
  /** How many ended so. */
  ended: number;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and passes everything on to this database. */
export async function startStoppingPostgres(databaseUrl: string): Promise<StoppingPostgres> {
  const url = new URL(databaseUrl);
  const { hostname: host, port } = url;
  const server = createServer((client) => {
    const upstream = connect({ host, port: Number(port) });
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.pipe(upstream);
    (way.stops ? upstream.pipe(endedAfterGreeting()) : upstream).pipe(client);
  });
  const endedAfterGreeting = (): Transform =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (!chunk.includes(READY)) return done(null, chunk);
        way.ended += 1;
        done(null, Buffer.concat([chunk, STOPPING]));
      },
    });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const way: StoppingPostgres = {
    url: url.href,
    stops: false,
    ended: 0,
    close: async () => void server.close(),
  };
  return way;
}

function errorResponse(fields: Record<string, string>): Buffer {
  const body = Object.entries(fields).map(([name, value]) => `${name}${value}\0`);
  const text = Buffer.from(`${body.join('')}\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + text.length);
  return Buffer.concat([Buffer.from('E'), length, text]);
}
