import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface DashboardPage {
  content: Buffer;
  /** Of what it says: builds of one length and, in images, of one date are told apart. */
  etag: string;
}

/**
 * Reads the page each time, for it names the files of its build: one that was kept would name those of the build before.
 *
 * @returns undefined while a build writes it
 */
export async function readPage(folder: string): Promise<DashboardPage | undefined> {
  const content = await readFile(join(folder, 'index.html')).catch(() => undefined);
  if (content === undefined) return undefined;
  const hash = createHash('sha256').update(content).digest('base64url');
  return { content, etag: `"${hash.slice(0, 22)}"` };
}
