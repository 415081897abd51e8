import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface DashboardPage {
  content: Buffer;
  /** A hash of the content: two builds may have the same length and, in images, the same date. */
  etag: string;
}

/**
 * Reads the page each time: it names the files of its build, so a cached one would name those of the build before.
 *
 * @returns undefined while a build writes it
 */
export async function readPage(folder: string): Promise<DashboardPage | undefined> {
  const content = await readFile(join(folder, 'index.html')).catch(() => undefined);
  if (content === undefined) return undefined;
  const hash = createHash('sha256').update(content).digest('base64url');
  return { content, etag: `"${hash.slice(0, 22)}"` };
}
