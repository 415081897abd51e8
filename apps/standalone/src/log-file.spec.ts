import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from './log-file.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schoolbell-log-file-'));
  path = join(folder, 'api.log');
  return () => rm(folder, { recursive: true });
});

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `line ${from + n}`);

/** All lines that are kept, oldest first. */
async function kept(): Promise<string[]> {
  const names = (await readdir(folder)).toSorted((a, b) => ageOf(b) - ageOf(a));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('').split('\n').slice(0, -1);
}

const ageOf = (name: string): number => Number(name.split('.')[2] ?? 0);

/** Writes as a busy service does: many lines at once, again and again. */
async function writeBusily(log: LogFile, lines: readonly string[]): Promise<void> {
  for (const [n, line] of lines.entries()) {
    log.write(line);
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a log file', () => {
  it('loses no line while one file after the other is begun', async () => {
    const log = new LogFile(path, { maxBytes: 1000, files: 100 });
    await writeBusily(log, numbered(0, 5000));
    await log.close();
    expect(await kept()).toEqual(numbered(0, 5000));
    expect((await readdir(folder)).length).toBeGreaterThan(40);
  });

  it('goes on where it ended, and keeps no more files than it may', async () => {
    for (let start = 0; start < 500; start += 100) {
      const log = new LogFile(path, { maxBytes: 1000, files: 3 });
      await writeBusily(log, numbered(start, start + 100));
      await log.close();
    }
    expect(await readdir(folder)).toEqual(['api.log', 'api.log.1', 'api.log.2']);
    const lines = await kept();
    expect(lines).toEqual(numbered(500 - lines.length, 500));
    expect(lines.length).toBeGreaterThan(200);
  });

  it('deletes the files that are too many when fewer are wanted', async () => {
    for (const n of [1, 2, 10]) await writeFile(`${path}.${n}`, 'old\n');
    await writeFile(`${path}.gz`, 'not its own');
    const log = new LogFile(path, { maxBytes: 1, files: 2 });
    log.write('new');
    await log.close();
    expect(await readdir(folder)).toEqual(['api.log.1', 'api.log.gz']);
    expect(await readFile(`${path}.1`, 'utf8')).toBe('new\n');
  });

  it('is written on when no new one can be begun', async () => {
    // No file can replace this folder.
    await mkdir(join(`${path}.1`, 'x'), { recursive: true });
    const troubles: string[] = [];
    const log = new LogFile(path, { maxBytes: 10, files: 2 }, (t) => troubles.push(t), 1);
    await writeBusily(log, numbered(0, 200));
    await log.close();
    expect(await readFile(path, 'utf8')).toBe(`${numbered(0, 200).join('\n')}\n`);
    expect(troubles.length).toBeGreaterThan(0);
  });

  it('says once that it cannot be written, and has every line when it can be', async () => {
    const home = join(folder, 'missing');
    const troubles: string[] = [];
    const limits = { maxBytes: 1000, files: 2 };
    const log = new LogFile(join(home, 'api.log'), limits, (t) => troubles.push(t), 1);
    await writeBusily(log, numbered(0, 20));
    await expect.poll(() => troubles).toEqual([expect.stringContaining('ENOENT')]);
    await writeBusily(log, numbered(20, 40));
    await mkdir(home);
    await expect.poll(() => existsSync(join(home, 'api.log'))).toBe(true);
    await log.close();
    expect(await readFile(join(home, 'api.log'), 'utf8')).toBe(`${numbered(0, 40).join('\n')}\n`);
    expect(troubles).toHaveLength(1);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'on a full disk holds up nobody, and has every line when there is room again',
    async () => {
      await symlink('/dev/full', path);
      const troubles: string[] = [];
      const log = new LogFile(path, { maxBytes: 1e6, files: 2 }, (t) => troubles.push(t), 1);
      await writeBusily(log, numbered(0, 20));
      await expect.poll(() => troubles).toEqual([expect.stringContaining('ENOSPC')]);
      await rm(path);
      await writeBusily(log, numbered(20, 40));
      await expect.poll(() => existsSync(path)).toBe(true);
      await log.close();
      expect(await kept()).toEqual(numbered(0, 40));
    },
  );

  it.skipIf(!existsSync('/dev/full'))('can be closed while the disk is full', async () => {
    await symlink('/dev/full', path);
    const log = new LogFile(path, { maxBytes: 1e6, files: 2 });
    log.write('never seen');
    await log.close();
  });
});
