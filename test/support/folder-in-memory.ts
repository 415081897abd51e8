import { mkdtempSync, chmodSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** Several times what a run has in it at once. */
const NEEDED_BYTES = 2 * 1024 ** 3;

/**
 * A folder for everything that a run writes, which goes with this process: in memory where there is room. A database is
 * seven hundred files, and ext4 searches long for an inode that was not freed in the last seconds: a new database costs
 * half a second of a core on it, and a tenth in memory.
 */
export function folderInMemory(): string {
  const folder = mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), 'schoolbell-tests-'));
  // Postgres runs as a user of its own where root runs the tests.
  chmodSync(folder, 0o755);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= NEEDED_BYTES;
  } catch {
    return false;
  }
}
