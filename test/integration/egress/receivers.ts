import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { createEgressPolicy, type EgressSettings } from '@schoolbell/destinations';
import { type OutgoingRequest, type Sender, type SendResult } from '@schoolbell/delivery';
import { createSender, type SenderOptions } from '@schoolbell/egress';
import { expect } from 'vitest';

/** A receiver on its own port, with what reached it. */
export interface Receiver {
  port: number;
  url: string;
  /** How many connections have been opened to it. */
  connections: () => number;
  /** How many are open now. */
  open: () => number;
  close: () => Promise<void>;
}

const open: { close: () => Promise<void> }[] = [];

/** Makes {@link closeAll} close it too. */
export function closeLater<Closable extends { close: () => Promise<void> }>(
  it: Closable,
): Closable {
  open.push(it);
  return it;
}

/** Closes everything that a test opened, and checks that no connection was left behind. */
export async function closeAll(): Promise<void> {
  for (const closable of open.splice(0).toReversed()) await closable.close();
}

export async function listen(server: Server, scheme: 'http' | 'https' = 'http'): Promise<Receiver> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    port,
    url: `${scheme}://127.0.0.1:${port}/hook`,
    connections: () => connections,
    open: () => sockets.size,
    close: async () => {
      // Senders are closed before receivers: connections that they leave open are a leak.
      await expect.poll(() => sockets.size, { message: 'connections left open' }).toBe(0);
      await new Promise((resolve) => server.close(resolve));
    },
  };
  open.push(receiver);
  return receiver;
}

export const httpReceiver = (listener: RequestListener) => listen(createHttpServer(listener));

export const httpsReceiver = (options: ServerOptions, listener: RequestListener) =>
  listen(createHttpsServer(options, listener), 'https');

/** Answers complete requests with any bytes that the test chooses. */
export function rawReceiver(
  answer: (socket: Socket, request: number, head: string) => void,
): Promise<Receiver> {
  let requests = 0;
  return listen(
    createTcpServer((socket) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        const [head = '', body] = text.split('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
        if (body === undefined || body.length < length) return;
        text = '';
        answer(socket, ++requests, head);
      });
    }),
  );
}

interface TestSenderOptions extends Partial<EgressSettings>, Omit<SenderOptions, 'policy'> {}

/** A sender to this machine, unless the options say otherwise. */
export function senderWith(options: TestSenderOptions = {}): Sender {
  const { allowHttp = true, allow = [], allowLoopback = true, ...rest } = options;
  const policy = createEgressPolicy({ allowHttp, allow, allowLoopback });
  const sender = createSender({ policy, ...rest });
  open.push(sender);
  return sender;
}

export function send(
  sender: Sender,
  url: string,
  request: Partial<OutgoingRequest> = {},
): Promise<SendResult> {
  return sender.send({
    url,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from('{"hello":"world"}'),
    timeoutMs: 5000,
    ...request,
  });
}

/** Sends one request through a new sender. */
export function sendOnce(url: string, request: Partial<OutgoingRequest> = {}): Promise<SendResult> {
  return send(senderWith(), url, request);
}

export function answered(result: SendResult) {
  expect(result, JSON.stringify(result)).toMatchObject({ kind: 'answered' });
  return (result as Extract<SendResult, { kind: 'answered' }>).response;
}

export function failed(result: SendResult) {
  expect(result, JSON.stringify(result)).toMatchObject({ kind: 'failed' });
  return result as Extract<SendResult, { kind: 'failed' }>;
}
