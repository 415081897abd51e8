import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceLog } from './service-log.js';

it('a warning is still there after any number of lines about the daily business', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-service-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const log = new ServiceLog({ folder, name: 'api', limits: { maxBytes: 1000, files: 2 } });
  log.write('a warning', true);
  for (let n = 0; n < 1000; n++) log.write(`line ${n}`, false);
  await log.close();

  const text = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');
  expect(await text('api-warnings.log')).toBe('a warning\n');
  const all = (await text('api.log.1')) + (await text('api.log'));
  expect(all).toContain('line 999\n');
  expect(all).not.toContain('a warning');
});
