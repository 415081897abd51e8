import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, joinSchoolbell, type JoinedSchoolbell } from '../support/index.js';

const ROOT = join(import.meta.dirname, '..', '..');
const DEMO = join(ROOT, 'dist/apps/demo/src/main.js');
const run = promisify(execFile);

describe('npm run demo', () => {
  let schoolbell: JoinedSchoolbell;
  let home: string;

  beforeAll(async () => {
    schoolbell = await joinSchoolbell();
    home = await mkdtemp(join(tmpdir(), 'schoolbell-demo-'));
  });

  afterAll(async () => {
    if (home) await rm(home, { recursive: true });
  });

  const demo = () =>
    run(process.execPath, [DEMO, '--seconds', '8'], {
      cwd: home,
      env: { PATH: process.env.PATH, SCHOOLBELL_HOME: home },
    });

  it('says in one line what to do when the product is not running', async () => {
    await expect(demo()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^.*credentials\.json cannot be read\. Start the product.*\n$/),
    });
  });

  it('tells of failures and retries, and leaves a lively tenant for the dashboard to show', async () => {
    const { apiUrl, platformKey, tenantId, tenantKey } = schoolbell;
    const dashboard = { email: 'owner@acme.example', password: 'of-the-dashboard' };
    const keys = { apiUrl, platformKey, tenantId, tenantKey };
    const credentials = { ...keys, dashboardUrl: `${apiUrl}/`, dashboard };
    await writeFile(join(home, 'credentials.json'), JSON.stringify(credentials));
    const customer = apiClient(apiUrl, tenantKey);
    const webhooks = async () => (await customer.get('/v1/webhooks')).body.data as any[];

    const { stdout } = await demo();

    const [, posted, delivered] = /Posted (\d+) events, delivered (\d+)/.exec(stdout) ?? [];
    expect(Number(posted), stdout).toBeGreaterThan(5);
    expect(delivered).toBe(posted);
    expect(stdout).toMatch(/failed .* attempt 1: signature verified, answered 500/);
    expect(stdout).toMatch(/retried .* delivered at last/);
    expect(stdout).toContain('recognised as a repeat, not sent again');
    expect(stdout).toContain('every signature verified by the standardwebhooks package');
    expect(stdout).toMatch(new RegExp(`HR suite +${posted} delivered`));
    expect(stdout).toMatch(/Old customer portal +\d+ dead/);
    expect(stdout).toMatch(/Partner academy +\d+ held/);
    for (const text of [`${apiUrl}/`, dashboard.email, dashboard.password]) {
      expect(stdout).toContain(text);
    }

    const first = await webhooks();
    const formats = new Set(first.map(({ format }) => format));
    expect([...formats].toSorted()).toEqual(
      ['allureconnect', 'cloudevents', 'custom', 'docebo', 'standard-webhooks', 'xapi'].toSorted(),
    );
    expect((await customer.get('/v1/dead-letters')).body.data.length).toBeGreaterThan(0);
    const { body: refused } = await customer.get('/v1/event-rejections');
    expect(refused.data).toMatchObject([{ code: 'validation_failed' }]);

    await demo();
    const second = await webhooks();
    expect(second.map(({ description }) => description)).toEqual(
      first.map(({ description }) => description),
    );
    expect(second.map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
  });
});
