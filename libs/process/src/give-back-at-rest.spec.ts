import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const MODULE = join(import.meta.dirname, 'give-back-at-rest.ts');

/** Fills 80 MiB or so, lets go of them, rests, and says how many bytes it had in memory before and after. */
const PROGRAM = `
  const { giveBackAtRest } = await import(${JSON.stringify(MODULE)});
  if (process.argv[1] === 'small') giveBackAtRest(300);
  let held = Array.from({ length: 800_000 }, (_, i) => ({ i, text: 'x' + i }));
  const before = process.memoryUsage.rss();
  held = undefined;
  setTimeout(() => console.log(JSON.stringify([before, process.memoryUsage.rss()])), 2_500);
`;

async function rest(how: 'small' | 'as it is'): Promise<[number, number]> {
  const args = ['--input-type=module', '-e', PROGRAM, how];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as [number, number];
}

it(
  'a process gives back at rest what a busy time took, which Node keeps',
  { timeout: 30_000 },
  async () => {
    const [[full, small], [alsoFull, kept]] = await Promise.all([rest('small'), rest('as it is')]);
    expect(small).toBeLessThan(0.7 * full);
    expect(kept).toBeGreaterThan(0.8 * alsoFull);
  },
);
