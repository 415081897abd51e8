import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

type Standard = '1.2' | '2004';

/** What the LMS writes into the page of a launch. */
export interface Player {
  standard: Standard;
  /** Of scorm-again. */
  settings: Record<string, unknown>;
  /** What the learner left behind in an earlier launch, for `loadFromJSON`. */
  cmi?: Record<string, unknown>;
}

/** A learning platform with two courses, whose runtime is scorm-again. */
export interface Lms {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** The page of a launch. */
  pageOf(player: Player): string;
  close(): Promise<void>;
}

const PACKAGES = join(import.meta.dirname, '..', 'packages');
const SCORM_AGAIN = dirname(createRequire(import.meta.url).resolve('scorm-again/scorm12'));
const RUNTIMES = {
  '1.2': { script: 'scorm12.min.js', api: 'Scorm12API', global: 'API' },
  '2004': { script: 'scorm2004.min.js', api: 'Scorm2004API', global: 'API_1484_11' },
};

/** Starts it on a port of its own, which makes it an origin of its own. */
export async function startLms(): Promise<Lms> {
  const server = createServer((request, response) => {
    void answer(new URL(request.url!, 'http://lms'), response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    pageOf: (player) => `${origin}/play?player=${encodeURIComponent(JSON.stringify(player))}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> {
  const [, folder, ...rest] = pathname.split('/');
  const player = searchParams.get('player');
  if (folder === 'play' && player) return html(response, pageOf(JSON.parse(player) as Player));
  if (folder === 'packages') return html(response, await readFile(join(PACKAGES, ...rest), 'utf8'));
  if (folder === 'scorm-again') {
    const script = await readFile(join(SCORM_AGAIN, ...rest));
    return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
  }
  response.writeHead(404).end();
}

function html(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

function pageOf({ standard, settings, cmi }: Player): string {
  const { script, api, global } = RUNTIMES[standard];
  return `<!doctype html>
<meta charset="utf-8" />
<link rel="icon" href="data:," />
<title>Player</title>
<script src="/scorm-again/${script}"></script>
<script>
  window.${global} = new ${api}(${JSON.stringify(settings)});
  ${cmi ? `${global}.loadFromJSON(${JSON.stringify(cmi)}, '');` : ''}
</script>
<iframe src="/packages/scorm-${standard}/index.html" style="width: 100%; height: 30rem"></iframe>`;
}
