import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { eventually } from './eventually.js';

/** One request, as it arrived. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Names and values alternately, in their original order and case. */
  rawHeaders: string[];
  /** The exact bytes, for signatures. */
  rawBody: Buffer;
  /** `rawBody` as text. */
  body: string;
  /** Unix milliseconds of its arrival. */
  at: number;
}

/** `hang` never answers; `reset` cuts the connection. */
export type Reply =
  | number
  | 'hang'
  | 'reset'
  | { status: number; headers?: Record<string, string>; body?: string | Buffer; delayMs?: number };

export interface Receiver {
  /** `http://127.0.0.1:<port>/webhooks` */
  url: string;
  port: number;
  /** In the order of arrival. */
  requests: ReceivedRequest[];
  /** Sets all answers from now on. By default every answer is 200. */
  respondWith(reply: Reply | ((request: ReceivedRequest) => Reply | Promise<Reply>)): void;
  /** Resolves to the first `count` requests once they have arrived. */
  waitFor(count: number, timeoutMs?: number): Promise<ReceivedRequest[]>;
  close(): Promise<void>;
}

/** A customer's receiver on its own port: a real HTTP server that records what arrives. */
export async function startReceiver(): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  let decide: (request: ReceivedRequest) => Reply | Promise<Reply> = accept;
  const server = createServer(async (incoming, response) => {
    const request = await receive(incoming);
    if (!request) return;
    requests.push(request);
    answer(response, await decide(request));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks`,
    port,
    requests,
    respondWith: (reply) => {
      decide = typeof reply === 'function' ? reply : () => reply;
    },
    waitFor: (count, timeoutMs) =>
      eventually(() => requests.length >= count && requests.slice(0, count), { timeoutMs }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

const accept = (): Reply => 200;

/** Reads a whole request; `undefined` if its sender gave up halfway, which is not the receiver's fault. */
export async function receive(incoming: IncomingMessage): Promise<ReceivedRequest | undefined> {
  const rawBody = await buffer(incoming).catch(() => undefined);
  if (!rawBody) return undefined;
  const { method = '', url: path = '', headers, rawHeaders } = incoming;
  const body = rawBody.toString('utf8');
  return { method, path, headers, rawHeaders, rawBody, body, at: Date.now() };
}

/** Answers as the test says. */
export function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'reset') return void response.socket?.resetAndDestroy();
  const {
    status,
    headers,
    body,
    delayMs = 0,
  } = typeof reply === 'number' ? { status: reply } : { headers: {}, ...reply };
  setTimeout(() => response.writeHead(status, headers).end(body), delayMs).unref();
}
