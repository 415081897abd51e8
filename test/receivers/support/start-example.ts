import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';

/** A running receiver of docs/examples/receivers, with what it accepted as authentic. */
export interface ExampleReceiver {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  events: Record<string, unknown>[];
  close(): Promise<void>;
}

/** What a receiver is configured with: a secret, or the credentials for Basic authentication or a form. */
export type ReceiverOptions = Record<string, string>;

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'examples', 'receivers');

export function startExample(file: string, options: ReceiverOptions): Promise<ExampleReceiver> {
  return file.endsWith('.py') ? startPython(file, options) : startNode(file, options);
}

async function startNode(file: string, options: ReceiverOptions): Promise<ExampleReceiver> {
  const events: ExampleReceiver['events'] = [];
  const onEvent = (event: Record<string, unknown>) => void events.push(event);
  const example = await import(join(FOLDER, file));
  const given = { ...options, onEvent };
  const server = createServer(
    example.routeHandler ? asListener(example.routeHandler(given)) : example.receiver(given),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Does what a framework does around a route handler of the Fetch API. */
function asListener(handle: (request: Request) => Promise<Response>): RequestListener {
  return async (incoming, outgoing) => {
    const response = await handle(await toFetchRequest(incoming));
    outgoing.writeHead(response.status).end(await response.text());
  };
}

async function toFetchRequest(incoming: IncomingMessage): Promise<Request> {
  const headers = Object.entries(incoming.headers as Record<string, string>);
  const body = new Uint8Array(await buffer(incoming));
  return new Request(`http://127.0.0.1${incoming.url}`, { method: 'POST', headers, body });
}

async function startPython(file: string, { secret }: ReceiverOptions): Promise<ExampleReceiver> {
  const child = spawn('python3', [join(FOLDER, file), secret!, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const [first] = (await once(lines, 'line')) as [string];
  const events: ExampleReceiver['events'] = [];
  lines.on('line', (line) => events.push(JSON.parse(line)));
  return {
    origin: `http://127.0.0.1:${/\d+$/.exec(first)![0]}`,
    events,
    close: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
