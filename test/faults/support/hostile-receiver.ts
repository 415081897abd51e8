import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setInterval as every } from 'node:timers';

/** What a misdeed may do with a complete request. */
interface Arrival {
  socket: Socket;
  /** The number of the request on its connection, from 1. */
  ofConnection: number;
  /** Sends bytes that begin with a 2xx: the request counts as taken. */
  accept(bytes: string): void;
}

type Misdeed = (arrival: Arrival) => void;

const OK = 'HTTP/1.1 200 OK\r\n';
const HINT = 'HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n';
const COMPLETE = `${OK}content-length: 2\r\n\r\nok`;

/** The misbehaviour of receivers, by the path at which they do it. */
export const MISDEEDS: Record<string, Misdeed> = {
  '/resets': ({ socket }) => socket.resetAndDestroy(),
  '/closes': ({ socket }) => socket.end(),
  '/drips': ({ socket }) => drip(socket, COMPLETE),
  '/talks-nonsense': ({ socket }) => socket.end('SSH-2.0-OpenSSH\r\n'),
  '/never-answers': () => undefined,
  '/never-ends': ({ socket, accept }) => {
    accept(`${OK}transfer-encoding: chunked\r\n\r\n`);
    repeat(socket, 10, () => socket.write(`400\r\n${'x'.repeat(1024)}\r\n`));
  },
  '/falls-silent': ({ accept }) => accept(`${OK}content-length: 1000\r\n\r\nok`),
  '/promises-more': ({ socket, accept }) => {
    accept(`${OK}content-length: 1000\r\n\r\nok`);
    socket.end();
  },
  '/sends-more': ({ accept }) => accept(`${COMPLETE}and this was not announced`),
  '/closes-after-answering': ({ socket, accept }) => {
    accept(COMPLETE);
    socket.end();
  },
  '/hints-without-end': ({ socket }) => flood(socket, HINT.repeat(500)),
  '/hints-ten-times': ({ accept }) => accept(HINT.repeat(10) + COMPLETE),
  '/continues-unasked': ({ accept }) => accept(`HTTP/1.1 100 Continue\r\n\r\n${COMPLETE}`),
  '/closes-when-used-again': ({ socket, ofConnection, accept }) => {
    if (ofConnection === 1) accept(COMPLETE);
    else socket.destroy();
  },
};

/** A receiver with one misdeed per path. */
interface HostileReceiver {
  urlOf(path: string): string;
  /** How many requests it has read there. */
  requestsAt(path: string): number;
  close(): Promise<void>;
}

/** @param onTaken called for each request that was answered with a 2xx, with its path and `webhook-id` */
export async function startHostileReceiver(
  onTaken: (path: string, webhookId: string) => void,
): Promise<HostileReceiver> {
  const sockets = new Set<Socket>();
  const requests = new Map<string, number>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    meet(socket, (path) => requests.set(path, (requests.get(path) ?? 0) + 1), onTaken);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    requestsAt: (path) => requests.get(path) ?? 0,
    urlOf: (path) => `http://127.0.0.1:${port}${path}`,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

function meet(
  socket: Socket,
  onRequest: (path: string) => void,
  onTaken: (path: string, webhookId: string) => void,
): void {
  let text = '';
  let ofConnection = 0;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const [head = '', body] = text.split('\r\n\r\n');
    if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1]))
      return;
    text = '';
    const path = head.split(' ')[1]!;
    onRequest(path);
    const webhookId = /webhook-id: (\S+)/i.exec(head)![1]!;
    const accept = (bytes: string): void => {
      if (!socket.writable) return;
      onTaken(path, webhookId);
      socket.write(bytes);
    };
    MISDEEDS[path]!({ socket, ofConnection: ++ofConnection, accept });
  });
}

/** One byte at a time, so slowly that it never finishes. */
function drip(socket: Socket, bytes: string): void {
  let next = 0;
  repeat(socket, 100, () => socket.write(bytes[next++ % bytes.length]!));
}

/** As fast as the other side reads. */
function flood(socket: Socket, bytes: string): void {
  const more = (): void => {
    while (socket.writable && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}

function repeat(socket: Socket, ms: number, send: () => void): void {
  const timer = every(() => {
    if (socket.writable) send();
  }, ms);
  socket.once('close', () => clearInterval(timer));
}
