import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinSchoolbell, type JoinedSchoolbell } from '../support/index.js';

const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'dist/dashboard');
const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const PAGE = '<div id="app"></div>';

describe('the dashboard, served by the API', () => {
  let schoolbell: JoinedSchoolbell;
  beforeAll(async () => {
    schoolbell = await joinSchoolbell();
  });

  const get = (path: string, init: RequestInit = {}) =>
    fetch(schoolbell.apiUrl + path, { redirect: 'manual', ...init });
  const assetLike = (pattern: RegExp): string =>
    `/assets/${readdirSync(join(DIST, 'assets')).find((name) => pattern.test(name))}`;

  it.each(['/', '/deliveries?status=dead', '/webhooks/wh_1/edit', '/sign-in', '/v10', '/docsify'])(
    'a browser that goes to %s gets the page',
    async (path) => {
      const response = await get(path, { headers: BROWSER });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain(PAGE);
      const head = await get(path, { method: 'HEAD', headers: BROWSER });
      expect([head.status, await head.text()]).toEqual([200, '']);
    },
  );

  it.each(['/v1/nothing', '/api/v1/nothing', '/health/nothing', '/docs/nothing', '/assets/x.js'])(
    '%s is a problem of the API, also for a browser',
    async (path) => {
      for (const method of ['GET', 'HEAD']) {
        const response = await get(path, { method, headers: BROWSER });
        expect([method, response.status]).toEqual([method, 404]);
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      }
    },
  );

  it('a program gets no page: / leads to the docs, and what is missing is a problem', async () => {
    const home = await get('/');
    expect([home.status, home.headers.get('location')]).toEqual([302, '/docs']);
    expect((await get('/deliveries')).status).toBe(404);
    expect((await get('/deliveries', { method: 'POST', headers: BROWSER })).status).toBe(404);
  });

  it.each(['/', '/docsify', '/docs-of-nobody'])(
    'at %s nothing inline and nothing from elsewhere is allowed, and no frame around it',
    async (path) => {
      const { headers } = await get(path, { headers: BROWSER });
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("script-src 'self';style-src 'self';");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it('the docs alone may have inline styles', async () => {
    for (const path of ['/docs', '/docs/', '/docs?x']) {
      const { headers } = await get(path, { headers: BROWSER });
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("style-src 'self' 'unsafe-inline'");
      expect(policy).toContain("script-src 'self';");
    }
  });

  it('the page is asked for anew each time, and not sent again when it is the same', async () => {
    const first = await get('/', { headers: BROWSER });
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect(first.headers.get('vary')).toMatch(/accept/i);
    const etag = first.headers.get('etag')!;
    const again = await get('/events', { headers: { ...BROWSER, 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const other = await get('/', { headers: { ...BROWSER, 'If-None-Match': '"other"' } });
    expect(other.status).toBe(200);
  });

  it.each([
    ['br', 'br, gzip'],
    ['gzip', 'gzip'],
    [null, 'identity'],
  ])(
    'a hashed file comes as %s to whoever takes %s, and is kept for a year',
    async (encoding, accepted) => {
      const path = assetLike(/^index-.*\.js$/);
      const response = await get(path, { headers: { 'Accept-Encoding': accepted } });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(response.headers.get('content-type')).toMatch(/javascript/);
      // The client decompresses it.
      expect(await response.text()).toBe(readFileSync(join(DIST, path), 'utf8'));
    },
  );

  it('a font is a font, and what the build says about itself is not served', async () => {
    const font = await get(assetLike(/\.woff2$/));
    expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2']);
    expect((await get('/assets/manifest.json')).status).toBe(404);
    expect((await get('/assets/')).status).toBe(404);
  });

  it.each([
    '/assets/../index.html',
    '/assets/..%2f.sources',
    '/assets/%2e%2e/.sources',
    '/assets/..%5c..%5cpackage.json',
    '/assets//etc/passwd',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
  ])('%s leads out of the folder and is refused', async (path) => {
    const { status, body } = await getAsWritten(schoolbell.apiUrl, path);
    expect([400, 403, 404]).toContain(status);
    expect(body).toMatch(/^\{"type":"\/docs\/errors#/);
  });
});

describe('the dashboard, built for another base path', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schoolbell-portal-'));
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const args = ['--config', 'apps/dashboard/vite.config.ts', '--base', '/portal/'];
    await promisify(execFile)(process.execPath, [vite, 'build', ...args, '--outDir', folder], {
      cwd: ROOT,
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('loads everything from below it, and knows it by itself', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    expect(addresses.filter((address) => !address!.startsWith('/portal/assets/'))).toEqual([]);

    const texts = readdirSync(join(folder, 'assets'))
      .filter((name) => /\.(js|css)$/.test(name))
      .map((name) => readFileSync(join(folder, 'assets', name), 'utf8'));
    const absolute = texts.flatMap((text) => text.match(/["'(](\/assets\/[^"')]+)/g) ?? []);
    expect(absolute).toEqual([]);
    // The prefix of all addresses of router, client and session.
    expect(texts.some((text) => /[`"']\/portal\/[`"']/.test(text))).toBe(true);
  });
});

/** HTTP clients normalise a path before they send it; this one does not. */
function getAsWritten(origin: string, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: BROWSER }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    })
      .on('error', reject)
      .end();
  });
}
