import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

/** A process that logs through a BlockWriter on its standard output and runs `script`. */
function run(script: string): ChildProcess {
  const program = `
    import { BlockWriter } from ${JSON.stringify(join(import.meta.dirname, 'block-writer.ts'))};
    const log = new BlockWriter(1);
    ${script}`;
  const flags = ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning'];
  return spawn(process.execPath, [...flags, '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout!.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  return text;
}

describe('the lines of a log', () => {
  it('are all there, in order, when a process ends by itself', async () => {
    const child = run(`for (let i = 0; i < 50_000; i++) log.write(i + '\\n');`);
    const lines = (await outputOf(child)).split('\n');
    expect(lines).toEqual([...Array.from({ length: 50_000 }, (_, i) => String(i)), '']);
  });

  it('are there up to the last one when a process exits at once', async () => {
    expect(await outputOf(run(`log.write('could not start\\n'); process.exit(1);`))).toBe(
      'could not start\n',
    );
  });

  it('appear while the process runs', async () => {
    const child = run(`log.write('here\\n'); setTimeout(() => undefined, 60_000);`);
    const [first] = (await once(child.stdout!, 'data')) as [Buffer];
    child.kill('SIGKILL');
    expect(first.toString()).toBe('here\n');
  });

  it('keep no process alive or busy whose reader is gone', async () => {
    const child = run(`
      const line = 'x'.repeat(1000) + '\\n';
      setInterval(() => log.write(line), 1);
      setTimeout(() => { log.write(line); process.exit(7); }, 500);`);
    await once(child.stdout!, 'data');
    child.stdout!.destroy();
    expect((await once(child, 'exit'))[0]).toBe(7);
  });

  it('hold up no process whose reader has stopped reading', async () => {
    const child = run(`
      const line = 'x'.repeat(1000) + '\\n';
      for (let i = 0; i < 1000; i++) log.write(line);
      setTimeout(() => console.error('still at work'), 200);`);
    child.stdout!.pause();
    const [said] = (await once(child.stderr!, 'data')) as [Buffer];
    child.kill('SIGKILL');
    expect(said.toString()).toBe('still at work\n');
  });

  it.skipIf(!existsSync('/dev/full'))(
    'go on when a disk that was full has room again',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'schoolbell-log-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const file = join(folder, 'log');
      // A file that is opened gets the number of the one that was closed.
      const child = run(`
      import { closeSync, openSync } from 'node:fs';
      const fd = openSync('/dev/full', 'w');
      const disk = new BlockWriter(fd);
      disk.write('while it is full\\n');
      setTimeout(() => {
        closeSync(fd);
        openSync(${JSON.stringify(file)}, 'w');
        disk.write('later\\n');
      }, 200);`);
      await once(child, 'exit');
      expect(await readFile(file, 'utf8')).toBe('while it is full\nlater\n');
    },
  );
});
