import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';

/** A process that logs through a BlockWriter on its standard output and runs `script`. */
function run(script: string, output: 'pipe' | number = 'pipe'): ChildProcess {
  const program = `
    import { BlockWriter } from ${JSON.stringify(join(import.meta.dirname, 'block-writer.ts'))};
    const log = new BlockWriter(1);
    ${script}`;
  const flags = ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning'];
  return spawn(process.execPath, [...flags, '--eval', program], {
    stdio: ['ignore', output, 'pipe'],
  });
}

/** On a pipe of the operating system, where Node.js itself would make a socket. Nothing is read yet. */
async function runOnPipe(script: string): Promise<{ child: ChildProcess; reader: Socket }> {
  const folder = await temporaryFolder();
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const reader = new Socket({ fd, readable: true, writable: false });
  const writer = openSync(path, 'w');
  const child = run(script, writer);
  closeSync(writer);
  onTestFinished(() => {
    child.kill('SIGKILL');
    reader.destroy();
  });
  return { child, reader };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function linesTo(end: number): string[] {
  return [...Array.from({ length: end }, (_, i) => String(i)), ''];
}

describe('the lines of a log', () => {
  it('are all there, in order, when a process ends by itself', async () => {
    const child = run(`for (let i = 0; i < 50_000; i++) log.write(i + '\\n');`);
    expect((await text(child.stdout!)).split('\n')).toEqual(linesTo(50_000));
  });

  it('are there up to the last one when a process exits at once', async () => {
    const child = run(`log.write('could not start\\n'); process.exit(1);`);
    expect(await text(child.stdout!)).toBe('could not start\n');
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

  it.each([
    ['exits', 'setTimeout(() => process.exit(7), 200);', 7],
    ['has nothing left to do', '', 0],
  ])(
    'hold up no process that %s, for longer than a second, when its reader has stopped reading',
    async (_what, ending, code) => {
      const { child } = await runOnPipe(`
        for (let i = 0; i < 50_000; i++) log.write(i + '\\n');
        ${ending}`);
      expect((await once(child, 'exit'))[0]).toBe(code);
    },
    30_000,
  );

  it('are all there when a process exits while the pipe has taken but a part of them', async () => {
    const { child, reader } = await runOnPipe(`
      import { writeSync } from 'node:fs';
      process.stdout.write('begins\\n'); // As anything that prints: the pipe is another since then.
      for (let i = 0; i < 50_000; i++) log.write(i + '\\n');
      setTimeout(() => {
        writeSync(2, 'exits');
        process.exit(7);
      }, 200);`);
    await once(child.stderr!, 'data');
    expect((await text(reader)).split('\n')).toEqual(['begins', ...linesTo(50_000)]);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'go on when a disk that was full has room again',
    async () => {
      const file = join(await temporaryFolder(), 'log');
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
