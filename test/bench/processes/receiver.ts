// The receivers of all webhooks: one process, one port per origin.
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { machineMs, marksOf } from './bench-event.ts';
import { HttpReader, type HttpMessage } from './http-reader.ts';
import { serveCommands } from './serve-commands.ts';

const DELIVERY = /^x-schoolbell-delivery: (\S+)/im;
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok';

export interface Behaviour {
  /** Delay of every answer. Default 0. */
  delayMs?: number;
  /** The one path that answers after `hangMs`. */
  hangingPath?: string;
  hangMs?: number;
}

export interface Reception {
  requests: number;
  /** Different events per path. */
  unique: number;
  /** Events that had come to their path before. */
  duplicates: number;
  /** For each first arrival, in order: when it came, and how long after its scheduled time. Milliseconds. */
  arrivedAt: Float64Array;
  latencies: Float64Array;
  /** Arrivals at the hanging path, which the two lists leave out. */
  atHangingPath: number;
}

let behaviour: Behaviour = {};
let seen = new Map<string, Set<number | string>>();
let requests = 0;
let unique = 0;
let duplicates = 0;
let atHangingPath = 0;
let arrivedAt: number[] = [];
let latencies: number[] = [];
let waiter: { count: number; resolve: () => void } | undefined;

serveCommands({ listen, expect, received, forget, report });

/** @returns the ports */
async function listen(origins: number): Promise<number[]> {
  const ports: number[] = [];
  for (let i = 0; i < origins; i++) {
    const server = createServer({ noDelay: true }, serve);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  return ports;
}

/** Sets how receivers behave, and forgets what they received. */
function expect(next: Behaviour): void {
  behaviour = next;
  forget();
}

function forget(): void {
  seen = new Map();
  requests = unique = duplicates = atHangingPath = 0;
  arrivedAt = [];
  latencies = [];
}

/** Resolves to true once this many different events have come, to false when no more seem to come. */
async function received(wanted: { count: number; patienceMs: number }): Promise<boolean> {
  if (unique >= wanted.count) return true;
  return new Promise((resolve) => {
    let before = unique;
    const watch = setInterval(() => {
      if (unique === before) settle(false);
      before = unique;
    }, wanted.patienceMs);
    const settle = (complete: boolean): void => {
      clearInterval(watch);
      resolve(complete);
    };
    waiter = { count: wanted.count, resolve: () => settle(true) };
  });
}

function report(): Reception {
  return {
    requests,
    unique,
    duplicates,
    atHangingPath,
    arrivedAt: Float64Array.from(arrivedAt),
    latencies: Float64Array.from(latencies),
  };
}

function serve(socket: Socket): void {
  const reader = new HttpReader();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const now = machineMs();
    for (const message of reader.take(chunk)) take(message, now, socket);
  });
}

function take({ head, body }: HttpMessage, now: number, socket: Socket): void {
  const path = head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/'));
  count(path, head, body, now);
  const hangs = path === behaviour.hangingPath;
  const delayMs = hangs ? behaviour.hangMs! : (behaviour.delayMs ?? 0);
  if (delayMs === 0) socket.write(OK);
  else setTimeout(() => socket.writable && socket.write(OK), delayMs);
}

/** If the body has no session id, the delivery's id distinguishes events. */
function count(path: string, head: string, body: string, now: number): void {
  requests++;
  const marks = marksOf(body);
  for (const { number, scheduledMs } of marks) arrived(path, number, now, now - scheduledMs);
  const delivery = marks.length === 0 ? DELIVERY.exec(head)?.[1] : undefined;
  if (delivery !== undefined) arrived(path, delivery, now, 0);
}

function arrived(path: string, event: number | string, now: number, latencyMs: number): void {
  let events = seen.get(path);
  if (!events) seen.set(path, (events = new Set()));
  if (events.has(event)) {
    duplicates++;
    return;
  }
  events.add(event);
  unique++;
  if (path === behaviour.hangingPath) atHangingPath++;
  else {
    arrivedAt.push(now);
    latencies.push(latencyMs);
  }
  if (waiter && unique >= waiter.count) waiter.resolve();
}
