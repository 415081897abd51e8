import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, reservedPort } from '../support/index.js';
import { runStart, type StartedProduct } from '../support/run-npm-start.js';
import { Chromium, noBrowser } from './support/browser.js';

const ROOT = join(import.meta.dirname, '..', '..');

describe.skipIf(noBrowser())('the SCORM page of the README, opened in a browser', () => {
  const chromium = new Chromium();
  let folder: string;
  let product: StartedProduct;
  let page: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schoolbell-scorm-page-'));
    const home = join(folder, '.schoolbell');
    product = runStart({ home, port: await reservedPort() });
    await product.ready();
    const env = { ...process.env, SCHOOLBELL_HOME: home };
    const line = `exec ${await lineOfReadme()} ${await reservedPort()}`;
    page = spawn('sh', ['-c', line], { cwd: ROOT, env });
    let said = '';
    page.stdout!.setEncoding('utf8').on('data', (text: string) => (said += text));
    url = await eventually(() => /Open (\S+)/.exec(said)?.[1] ?? false);
  });

  afterAll(async () => {
    page?.kill();
    if (page) await once(page, 'exit');
    product?.signal('SIGTERM');
    await product?.exited();
    await rm(folder, { recursive: true, force: true });
  });

  it('completes, and shows the webhook arrive', async () => {
    const tab = await chromium.page();
    await tab.goto(url);
    const arrived = tab.locator('#arrived li');
    await tab.getByRole('button', { name: 'Answer' }).click();
    await tab.getByRole('button', { name: 'Complete' }).click();
    const completed = arrived.filter({ hasText: 'session.completed' });
    await completed.waitFor();
    expect(await completed.innerText()).toMatch(/"completionStatus":"completed".*"scoreRaw":85/);
  });
});

/** The command of the section "Plug a SCORM page in". */
async function lineOfReadme(): Promise<string> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const line = /^```sh\n(node docs\/examples\/scorm-page\.mjs)$/m.exec(readme)?.[1];
  if (!line) throw new Error('The README has lost its SCORM page.');
  return line;
}
