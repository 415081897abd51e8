import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, reservedPort } from '../support/index.js';
import { runStart, type StartedProduct } from '../support/run-npm-start.js';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** The data of AllureConnect's published example of a completed session. */
const SAMPLE = {
  sessionId: 'sess_abc123',
  packageId: 'pkg_def456',
  dispatchId: 'dsp_ghi789',
  learnerId: 'learner-42',
  completionStatus: 'completed',
  successStatus: 'passed',
  scoreRaw: 92,
  scoreMax: 100,
  totalTime: 'PT12M34S',
};

describe('the README, pasted into a terminal', { timeout: 60_000 }, () => {
  let folder: string;
  let product: StartedProduct;
  let receiver: ChildProcess;
  let received = '';
  let receiverLine: string;
  let curlLines: string;
  let receiverPort: number;

  beforeAll(async () => {
    [receiverLine, curlLines] = await blocksOfReadme();
    folder = await mkdtemp(join(tmpdir(), 'schoolbell-readme-'));
    product = runStart({ home: join(folder, '.schoolbell'), port: await reservedPort() });
    await product.ready();
    receiverPort = await reservedPort();
    receiver = spawn('sh', ['-c', `exec ${receiverLine} ${receiverPort}`], { cwd: ROOT });
    receiver.stdout!.setEncoding('utf8').on('data', (text: string) => (received += text));
    await eventually(() => received.includes('listening'));
  });

  afterAll(async () => {
    receiver?.kill();
    product?.signal('SIGTERM');
    await product?.exited();
    await rm(folder, { recursive: true, force: true });
  });

  it('delivers the first webhook in five curl lines to a receiver that verifies it', async () => {
    expect(curlLines.split('\n').filter((line) => line.includes('curl '))).toHaveLength(5);
    const script = curlLines.replaceAll('127.0.0.1:9000', `127.0.0.1:${receiverPort}`);
    const { stdout, stderr } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
      cwd: folder,
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('"deliveries":1');
    // Schoolbell's test, and the event.
    const lines = await eventually(
      () => {
        const all = received.trim().split('\n').slice(1);
        return all.length >= 2 && all;
      },
      { timeoutMs: 5_000 },
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(JSON.stringify(SAMPLE));
    for (const line of lines) expect(line).toMatch(/^verified: session\.completed evt_/);
  });

  it('is refused by a receiver that has another secret', async () => {
    const port = await reservedPort();
    const stranger = spawn(
      process.execPath,
      [join(ROOT, 'docs/examples/receiver.mjs'), 'another-secret', String(port)],
      { cwd: ROOT },
    );
    let said = '';
    stranger.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await eventually(() => said.includes('listening'));
    const script = curlLines.replaceAll('127.0.0.1:9000', `127.0.0.1:${port}`);
    await run('bash', ['-c', script], { cwd: folder });
    await eventually(() => said.includes('refused'), { timeoutMs: 5_000 });
    expect(said).not.toContain('verified');
    stranger.kill();
    await once(stranger, 'exit');
  });
});

/** @returns the line that starts the receiver, and the five `curl` lines with their variables */
async function blocksOfReadme(): Promise<[string, string]> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) =>
    block.trim(),
  );
  const receiver = blocks.find((block) => block.includes('receiver.mjs'));
  const curl = blocks.find((block) => block.includes('curl '));
  if (!receiver || !curl) throw new Error('The README has lost its first webhook.');
  return [receiver, curl];
}
