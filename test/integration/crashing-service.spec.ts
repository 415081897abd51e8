import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const PROGRAM = `
  const { runService } = await import(${JSON.stringify(resolve('dist/libs/process/src/index.js'))});
  const settings = { logLevel: 'info', shutdownGraceSeconds: 1 };
  await runService({
    name: 'api',
    readSettings: () => settings,
    prepare: async () => {},
    start: async () => ({ stop: async () => {} }),
  });
  ${'0;'.repeat(500_000)} setTimeout(() => { throw new Error('the cause'); });
`;

it('a service that crashes says why in one line of its log, without the line of its code', async () => {
  const [error, output] = await new Promise<[{ code?: unknown } | null, string]>((done) => {
    const child = execFile(process.execPath, ['--input-type=module', '-'], (failure, out, err) =>
      done([failure, out + err]),
    );
    child.stdin!.end(PROGRAM);
  });
  expect(error?.code).toBe(1);
  const lines = output.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'fatal',
    msg: 'crashed',
    err: { message: 'the cause', stack: expect.stringContaining('Error: the cause') },
  });
});
