import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** `NotificationResponse` of Postgres's protocol. */
const NOTIFICATION = 'A'.charCodeAt(0);
const HEADER_BYTES = 5;

/** A proxy to Postgres on which `LISTEN` succeeds but no notification arrives, as with a transaction pooler. */
export async function startDeafProxy(target: {
  host: string;
  port: number;
}): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((downstream) => {
    const upstream = connect(target);
    for (const socket of [downstream, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        (socket === upstream ? downstream : upstream).destroy();
      });
    }
    downstream.pipe(upstream);
    let bytes = Buffer.alloc(0);
    upstream.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= HEADER_BYTES) {
        const length = 1 + bytes.readUInt32BE(1);
        if (bytes.length < length) return;
        if (bytes[0] !== NOTIFICATION) downstream.write(bytes.subarray(0, length));
        bytes = bytes.subarray(length);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
