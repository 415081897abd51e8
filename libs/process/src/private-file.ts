import { readFile, rename, writeFile } from 'node:fs/promises';
import { OperatorError } from './operator-error.js';

/**
 * Reads a JSON file that may not be there yet.
 *
 * @throws OperatorError `data_folder` when it is there but no JSON
 */
export async function readJson<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new OperatorError(
      'data_folder',
      `${path} is damaged: it is no valid JSON. Restore it from a backup.`,
      { cause: error },
    );
  }
}

/** Writes a file that only its owner may read; it is there completely, or as it was before. */
export async function writePrivateJson(path: string, value: unknown): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(unfinished, path);
}
