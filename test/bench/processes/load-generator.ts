// Posts events over keep-alive connections, as fast as answers come or at a fixed rate.
import { connect, type Socket } from 'node:net';
import { benchCommit } from './bench-commit.ts';
import { benchData, machineMs } from './bench-event.ts';
import { HttpReader } from './http-reader.ts';
import { serveCommands } from './serve-commands.ts';

export interface Load {
  port: number;
  headers: Record<string, string>;
  /** Number of the first event; each event has its own. */
  first: number;
  events: number;
  /** Events are for `pkg_0` to `pkg_<packages - 1>` in turn. */
  packages: number;
  connections: number;
  /** Events per request; 1 posts them to /v1/events, more to /v1/events/batch. */
  batch: number;
  /** Events for this package belong to this many sessions in turn. */
  sessions?: { packageNumber: number; count: number };
  /** Posts CMI commits instead of events, to these paths in turn. */
  commitPaths?: readonly string[];
  /** Requests per second, whatever the answers; if undefined, each connection posts as soon as it can. */
  rate?: number;
}

export interface LoadReport {
  /** Events, or commits, that were promised. */
  accepted: number;
  /** Other answers by status, and the number of requests without an answer. */
  refused: Record<string, number>;
  startedAt: number;
  endedAt: number;
}

interface Request {
  text: string;
  events: number;
}

serveCommands({ post });

async function post(load: Load): Promise<LoadReport> {
  const next = requestsOf(load);
  const report: LoadReport = { accepted: 0, refused: {}, startedAt: machineMs(), endedAt: 0 };
  await (load.rate ? postAtRate(load, load.rate, next, report) : postInTurn(load, next, report));
  report.endedAt = machineMs();
  return report;
}

async function postInTurn(load: Load, next: NextRequest, report: LoadReport): Promise<void> {
  const lines = await openLines(load);
  await Promise.all(
    lines.map(async (line) => {
      for (let request = next(); request; request = next()) await line.post(request, report);
      line.close();
    }),
  );
}

/** A request without a free connection waits, and its latency still counts from its scheduled time. */
async function postAtRate(
  load: Load,
  rate: number,
  next: NextRequest,
  report: LoadReport,
): Promise<void> {
  const free = await openLines(load);
  const lines = [...free];
  const waiting: Request[] = [];
  const start = machineMs();
  const total = Math.ceil(load.events / load.batch);
  let due = 0;
  let answered = 0;
  await new Promise<void>((resolve) => {
    const postOn = async (line: Line, request: Request): Promise<void> => {
      await line.post(request, report);
      free.push(line);
      answered++;
      if (answered === total) resolve();
      else send();
    };
    const send = (): void => {
      while (free.length > 0 && waiting.length > 0) void postOn(free.pop()!, waiting.shift()!);
    };
    const tick = (): void => {
      const now = machineMs();
      for (; due < total && start + (due * 1000) / rate <= now; due++) {
        waiting.push(next(start + (due * 1000) / rate)!);
      }
      send();
      if (due < total) setTimeout(tick, 1);
    };
    tick();
  });
  for (const line of lines) line.close();
}

type NextRequest = (scheduledMs?: number) => Request | undefined;

function requestsOf(load: Load): NextRequest {
  return load.commitPaths ? commitsOf(load, load.commitPaths) : eventsOf(load);
}

function headOf({ port, headers }: Load, path: string): string {
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n${own.join('')}`;
}

function commitsOf(load: Load, paths: readonly string[]): NextRequest {
  const heads = paths.map((path) => headOf(load, path));
  let made = 0;
  return () => {
    if (made === load.events) return undefined;
    const number = load.first + made++;
    const body = benchCommit(number);
    const head = heads[number % heads.length]!;
    return { text: `${head}Content-Length: ${body.length}\r\n\r\n${body}`, events: 1 };
  };
}

function eventsOf(load: Load): NextRequest {
  const head = headOf(load, load.batch === 1 ? '/v1/events' : '/v1/events/batch');
  let made = 0;
  return (scheduledMs = machineMs()) => {
    const events: string[] = [];
    for (; events.length < load.batch && made < load.events; made++) {
      const number = load.first + made;
      const packageNumber = number % load.packages;
      const session = sessionFor(load, number, packageNumber);
      const data = benchData(number, `pkg_${packageNumber}`, scheduledMs, session);
      events.push(`{"type":"session.completed","data":${data}}`);
    }
    if (events.length === 0) return undefined;
    const body = load.batch === 1 ? events[0]! : `{"events":[${events.join(',')}]}`;
    return { text: `${head}Content-Length: ${body.length}\r\n\r\n${body}`, events: events.length };
  };
}

function sessionFor({ sessions, packages }: Load, number: number, packageNumber: number) {
  if (packageNumber !== sessions?.packageNumber) return undefined;
  return Math.floor(number / packages) % sessions.count;
}

function openLines({ port, connections }: Load): Promise<Line[]> {
  return Promise.all(Array.from({ length: connections }, () => Line.open(port)));
}

/** One connection, one request at a time. It is reopened when the API has closed it for being idle. */
class Line {
  private reader = new HttpReader();
  private answered: ((status: string) => void) | undefined;
  private readonly port: number;
  private socket: Socket | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async open(port: number): Promise<Line> {
    const line = new Line(port);
    await line.connect();
    return line;
  }

  async post({ text, events }: Request, report: LoadReport): Promise<void> {
    if (!this.socket || this.socket.destroyed) await this.connect();
    const status = await new Promise<string>((resolve) => {
      this.answered = resolve;
      this.socket!.write(text, 'latin1');
    });
    if (status === '202' || status === '200') report.accepted += events;
    else report.refused[status] = (report.refused[status] ?? 0) + 1;
  }

  close(): void {
    this.socket?.destroy();
  }

  private async connect(): Promise<void> {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    this.reader = new HttpReader();
    socket.on('data', (chunk) => {
      for (const { head } of this.reader.take(chunk)) this.answered?.(head.slice(9, 12));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.answered?.('closed'));
    this.socket = socket;
  }
}
