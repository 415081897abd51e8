import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Metrics } from './metrics.js';

/** While somebody else has the port, such as the process before this one. Milliseconds. */
const TRY_AGAIN_MS = 5_000;
/** Prometheus keeps one connection; these are a few of them, and a person who looks. */
const MOST_CONNECTIONS = 16;
/** Whoever takes longer to ask is cut off. Milliseconds. */
const ASKS_WITHIN_MS = 5_000;

/** As the API says it; a dispatcher has no other port. */
const LIVES = '{"status":"up"}';

interface MetricsServerOptions {
  host: string;
  port: number;
  /** Told once that it listens, and of each failure to. */
  onListening: () => void;
  onTrouble: (error: Error) => void;
}

/**
 * Answers `GET /metrics` on a port of its own, and `GET /health/live` beside it for orchestrators. A process works on when it cannot: whoever watches it sees that it is
 * not to be seen.
 */
export class MetricsServer {
  private readonly server: Server;
  private scrape: Promise<string> | undefined;
  private stopped = false;

  constructor(
    private readonly metrics: Metrics,
    private readonly options: MetricsServerOptions,
  ) {
    this.server = createServer(
      { headersTimeout: ASKS_WITHIN_MS, requestTimeout: ASKS_WITHIN_MS },
      (request, response) => void this.answer(request, response),
    );
    this.server.maxConnections = MOST_CONNECTIONS;
    this.server.on('listening', options.onListening);
    this.server.on('error', (error) => this.failed(error));
    // No reason for a process to stay.
    this.server.unref();
  }

  start(): void {
    if (!this.stopped) this.server.listen(this.options.port, this.options.host);
  }

  /** Shows nothing more, from now on. */
  stop(): void {
    this.stopped = true;
    this.server.close();
    this.server.closeAllConnections();
  }

  private failed(error: Error): void {
    this.options.onTrouble(error);
    if (!this.server.listening) setTimeout(() => this.start(), TRY_AGAIN_MS).unref();
  }

  private async answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url?.split('?', 1)[0];
    if (path !== '/metrics' && path !== '/health/live') return end(response, 404);
    if (method !== 'GET' && method !== 'HEAD') return end(response, 405);
    if (path === '/health/live') return end(response, 200, LIVES);
    try {
      const text = await this.text();
      response.setHeader('Content-Type', this.metrics.contentType);
      end(response, 200, text);
    } catch {
      end(response, 500);
    }
  }

  /** However many ask at once, the work is done once. */
  private text(): Promise<string> {
    this.scrape ??= this.metrics.text().finally(() => (this.scrape = undefined));
    return this.scrape;
  }
}

function end(response: ServerResponse, status: number, text = ''): void {
  response.writeHead(status, { 'Cache-Control': 'no-store' }).end(text);
}
