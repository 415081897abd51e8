// The receivers of all webhooks: one process, one port per origin.
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { machineMs, markOf } from './bench-event.ts';
import { HttpReader, type HttpMessage } from './http-reader.ts';
import { serveCommands } from './serve-commands.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok';

export interface Behaviour {
  /** Every answer comes after this. Default 0. */
  delayMs?: number;
  /** The one path that answers only after `hangMs`. */
  hangingPath?: string;
  hangMs?: number;
}

export interface Reception {
  requests: number;
  /** Different events per path; the rest are duplicates. */
  unique: number;
  /** Of each first arrival, in order: when, and how long after its scheduled moment. Milliseconds. */
  arrivedAt: Float64Array;
  latencies: Float64Array;
  /** Those at the path that hangs are left out of the two lists and counted here. */
  atHangingPath: number;
}

let behaviour: Behaviour = {};
let seen = new Map<string, Set<number>>();
let requests = 0;
let unique = 0;
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

/** From now on receivers behave like this, and nothing was received yet. */
function expect(next: Behaviour): void {
  behaviour = next;
  forget();
}

function forget(): void {
  seen = new Map();
  requests = unique = atHangingPath = 0;
  arrivedAt = [];
  latencies = [];
}

/** Resolves with true once so many different events have come, with false when no more seem to come. */
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
  count(path, body, now);
  const hangs = path === behaviour.hangingPath;
  const delayMs = hangs ? behaviour.hangMs! : (behaviour.delayMs ?? 0);
  if (delayMs === 0) socket.write(OK);
  else setTimeout(() => socket.writable && socket.write(OK), delayMs);
}

function count(path: string, body: string, now: number): void {
  requests++;
  const mark = markOf(body);
  if (!mark) return;
  let numbers = seen.get(path);
  if (!numbers) seen.set(path, (numbers = new Set()));
  if (numbers.has(mark.number)) return;
  numbers.add(mark.number);
  unique++;
  if (path === behaviour.hangingPath) atHangingPath++;
  else {
    arrivedAt.push(now);
    latencies.push(now - mark.scheduledMs);
  }
  if (waiter && unique >= waiter.count) waiter.resolve();
}
