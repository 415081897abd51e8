import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** Several times what a run has in it at once. */
const NEEDED_BYTES = 2 * 1024 ** 3;
const NAME = 'schoolbell-tests-';

/**
 * A folder for everything that a run writes, which goes with this process: in memory where there is room. A database is
 * seven hundred files, and ext4 searches long for an inode that was not freed in the last seconds: a new database costs
 * half a second of a core there, and a twentieth in memory.
 */
export function folderInMemory(): string {
  const isInMemory = canBeUsed();
  if (isInMemory) removeLeftovers();
  const folder = mkdtempSync(join(isInMemory ? MEMORY : tmpdir(), `${NAME}${process.pid}-`));
  // Postgres runs as a user of its own where root runs the tests.
  chmodSync(folder, 0o755);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether there is room, and what tests build can be run there. */
function canBeUsed(): boolean {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
    const [, , , flags = 'noexec'] = mounts.find((m) => m.split(' ')[1] === MEMORY)!.split(' ');
    const { bavail, bsize } = statfsSync(MEMORY);
    return !flags.split(',').includes('noexec') && bavail * bsize >= NEEDED_BYTES;
  } catch {
    return false;
  }
}

/** Of runs that were killed: memory is scarcer than disks. */
function removeLeftovers(): void {
  for (const name of readdirSync(MEMORY).filter((entry) => entry.startsWith(NAME))) {
    const pid = parseInt(name.slice(NAME.length), 10);
    if (existsSync(`/proc/${pid}`)) continue;
    rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}
