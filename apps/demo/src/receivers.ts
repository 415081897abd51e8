import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { isSigned } from './cast.js';
import type { Behaviour, FaultPlan } from './fault-plan.js';
import type { CastWebhook } from './register.js';

/** One request as a receiver saw it. */
export interface Received {
  /** Whether it belongs to the webhook of the story. */
  isLead: boolean;
  eventId: string;
  eventType: string;
  attempt: number;
  /** Verified by the public `standardwebhooks` package, if there is a signature. */
  verified: boolean;
  behaviour: Behaviour;
}

export interface DemoReceivers {
  origin: string;
  urlOf: (name: string) => string;
  /** Makes all of them answer well from now on. */
  mend(): void;
  close(): Promise<void>;
}

interface ReceiversOptions {
  /** The webhooks registered so far; the first is the webhook of the story. */
  castNow: () => readonly CastWebhook[];
  /** The faults of the first receiver. */
  faults: FaultPlan;
  elapsedMs: () => number;
  onReceived: (received: Received) => void;
}

const SLOW_MS = 2_500;

/** The customers' servers, on loopback: each verifies the signature, then answers as planned. */
export async function startReceivers(options: ReceiversOptions): Promise<DemoReceivers> {
  let mended = false;
  const server = createServer((request, response) => {
    void answer(request, response, options, mended).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    urlOf: (name) => `${origin}/${name}`,
    mend: () => {
      mended = true;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { castNow, faults, elapsedMs, onReceived }: ReceiversOptions,
  mended: boolean,
): Promise<void> {
  const body = await rawBody(request);
  const cast = castNow();
  const name = /^\/([^/?]+)/.exec(request.url ?? '')?.[1];
  const webhook = cast.find(({ role }) => role.name === name);
  const isLead = webhook !== undefined && webhook === cast[0];
  const verified = webhook !== undefined && isAuthentic(webhook, body, request);
  const behaviour = isLead && !mended ? faults.next(elapsedMs()) : mannerOf(webhook, mended);
  const { headers } = request;
  onReceived({
    isLead,
    eventId: String(headers['webhook-id']),
    eventType: String(headers['x-schoolbell-event']),
    attempt: Number(headers['x-schoolbell-attempt']),
    verified,
    behaviour,
  });
  if (behaviour.kind === 'slow') await sleep(behaviour.ms);
  response.statusCode = statusFor(verified, behaviour);
  response.end(behaviour.kind === 'fail' ? behaviour.says : undefined);
}

function mannerOf(webhook: CastWebhook | undefined, mended: boolean): Behaviour {
  if (mended || !webhook) return { kind: 'ok' };
  const { manner } = webhook.role;
  if (manner === 'slow') return { kind: 'slow', ms: SLOW_MS };
  if (manner === 'well') return { kind: 'ok' };
  return { kind: 'fail', status: 503, says: '{"error":"database connection pool exhausted"}' };
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

function isAuthentic({ role, secret }: CastWebhook, body: string, request: IncomingMessage) {
  if (!isSigned(role)) return true;
  try {
    new Webhook(secret).verify(body, request.headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
