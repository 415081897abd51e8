import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Behaviour } from './fault-plan.js';

/** One request as the receiver saw it. */
export interface Received {
  eventId: string;
  eventType: string;
  attempt: number;
  /** Judged by the public `standardwebhooks` package. */
  verified: boolean;
  behaviour: Behaviour;
}

export interface DemoReceiver {
  url: string;
  close(): Promise<void>;
}

export interface ReceiverOptions {
  /** The secret of the webhook; known only once it is registered. */
  secret: () => string | undefined;
  behave: () => Behaviour;
  onReceived: (received: Received) => void;
}

/** A customer's server, on loopback: verifies the signature, then answers as it is told to. */
export async function startReceiver(options: ReceiverOptions): Promise<DemoReceiver> {
  const server = createServer((request, response) => {
    void answer(request, response, options).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/schoolbell`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { secret, behave, onReceived }: ReceiverOptions,
): Promise<void> {
  const body = await rawBody(request);
  const verified = isVerified(body, request.headers, secret());
  const behaviour = behave();
  onReceived({
    eventId: String(request.headers['webhook-id']),
    eventType: String(request.headers['x-schoolbell-event']),
    attempt: Number(request.headers['x-schoolbell-attempt']),
    verified,
    behaviour,
  });
  if (behaviour.kind === 'slow') await sleep(behaviour.ms);
  response.statusCode = statusFor(verified, behaviour);
  response.end();
}

function statusFor(verified: boolean, behaviour: Behaviour): number {
  if (!verified) return 401;
  return behaviour.kind === 'fail' ? behaviour.status : 204;
}

async function rawBody(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

function isVerified(
  body: string,
  headers: IncomingMessage['headers'],
  secret: string | undefined,
): boolean {
  if (secret === undefined) return false;
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
