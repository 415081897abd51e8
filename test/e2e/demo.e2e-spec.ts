import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSchoolbell, type Schoolbell } from '../support/index.js';

const ROOT = join(import.meta.dirname, '..', '..');
const DEMO = join(ROOT, 'dist/apps/standalone/src/demo/main.js');
const run = promisify(execFile);

describe('npm run demo', () => {
  let schoolbell: Schoolbell;
  let home: string;

  beforeAll(async () => {
    schoolbell = await startSchoolbell();
    home = await mkdtemp(join(tmpdir(), 'schoolbell-demo-'));
  });

  afterAll(async () => {
    await schoolbell?.stop();
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

  it('tells of failures and retries, delivers everything, and leaves no webhook behind', async () => {
    const { apiUrl, platformKey, tenantId, tenantKey } = schoolbell;
    const credentials = { apiUrl, platformKey, tenantId, tenantKey };
    await writeFile(join(home, 'credentials.json'), JSON.stringify(credentials));

    const { stdout } = await demo();

    const [, posted, delivered] = /Posted (\d+) events, delivered (\d+)/.exec(stdout) ?? [];
    expect(Number(posted), stdout).toBeGreaterThan(5);
    expect(delivered).toBe(posted);
    expect(stdout).toMatch(/failed .* attempt 1: signature verified, answered 500/);
    expect(stdout).toMatch(/retried .* delivered at last/);
    expect(stdout).toContain('recognised as a repeat, not sent again');
    expect(stdout).toContain('every signature verified by the standardwebhooks package');
    expect(stdout).toContain(`log of the webhook: ${posted} delivered`);
    const left = await fetch(`${apiUrl}/v1/webhooks`, {
      headers: { Authorization: `Bearer ${tenantKey}` },
    });
    expect(await left.json()).toMatchObject({ data: [] });
  });
});
