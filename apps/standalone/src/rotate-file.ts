import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/**
 * Makes room for a new file at `path`: the file there becomes `<path>.1`, what was `.1` becomes `.2`, and so on.
 *
 * @param files the most files there are, including the new one; older ones are deleted
 * @throws when a file cannot be renamed; then none is lost
 */
export async function rotateFile(path: string, files: number): Promise<void> {
  for (const n of await predecessorsOf(path)) {
    if (n >= files - 1) await rm(`${path}.${n}`, { force: true });
    else await rename(`${path}.${n}`, `${path}.${n + 1}`);
  }
  await rename(path, `${path}.1`);
}

/** Their numbers, the oldest first. */
async function predecessorsOf(path: string): Promise<number[]> {
  const prefix = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((suffix) => /^[1-9]\d*$/.test(suffix))
    .map(Number)
    .toSorted((a, b) => b - a);
}
