// The receivers of a soak: one port, and one behaviour per path.
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { machineMs, markOf, sessionOf } from './bench-event.ts';
import { HttpReader, type HttpMessage } from './http-reader.ts';
import { serveCommands } from './serve-commands.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const FAILED = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n';

/** What a path has answered with 2xx. */
interface Taken {
  events: number;
  /** Requests for events that it had taken already. */
  repeats: number;
  /** Events that came after a later one of their session. */
  outOfOrder: number;
}

export interface SoakReception {
  taken: Record<string, Taken>;
  /** At `/healthy` since the last report: how long after its scheduled time each event came. Milliseconds. */
  latencies: Float64Array;
}

interface Books extends Taken {
  numbers: Set<number>;
  /** Events that have failed once, as every event does at flaky paths. */
  failed: Set<number>;
  lastOfSession: Map<string, number>;
}

const books = new Map<string, Books>();
let latencies: number[] = [];

serveCommands({ listen, report });

async function listen(): Promise<number> {
  const server = createServer({ noDelay: true }, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
  return (server.address() as AddressInfo).port;
}

function report(): SoakReception {
  const taken = Array.from(books, ([path, { events, repeats, outOfOrder }]) => {
    return [path, { events, repeats, outOfOrder }] as const;
  });
  const reception = {
    taken: Object.fromEntries(taken),
    latencies: Float64Array.from(latencies),
  };
  latencies = [];
  return reception;
}

function serve(socket: Socket): void {
  const reader = new HttpReader();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const now = machineMs();
    for (const message of reader.take(chunk)) answer(message, now, socket);
  });
}

function answer({ head, body }: HttpMessage, now: number, socket: Socket): void {
  const path = head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/'));
  if (path.startsWith('/hanging')) return;
  const mark = markOf(body);
  if (!mark) return void socket.write(OK);
  const book = bookOf(path);
  if (path.startsWith('/flaky') && !book.failed.has(mark.number)) {
    book.failed.add(mark.number);
    return void socket.write(FAILED);
  }
  take(book, mark.number, sessionOf(body));
  if (path.startsWith('/healthy')) latencies.push(now - mark.scheduledMs);
  socket.write(OK);
}

function take(book: Books, number: number, session: string | undefined): void {
  if (book.numbers.has(number)) {
    book.repeats++;
    return;
  }
  book.numbers.add(number);
  book.events++;
  if (session === undefined) return;
  if (number < (book.lastOfSession.get(session) ?? -1)) book.outOfOrder++;
  else book.lastOfSession.set(session, number);
}

function bookOf(path: string): Books {
  let book = books.get(path);
  if (!book) {
    const counts = { events: 0, repeats: 0, outOfOrder: 0 };
    book = { ...counts, numbers: new Set(), failed: new Set(), lastOfSession: new Map() };
    books.set(path, book);
  }
  return book;
}
