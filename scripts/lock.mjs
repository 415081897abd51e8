// Lets one process at a time install or build, for `npm start` and `npm test` may run side by side.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..');
const POLL_MS = 200;
const UNOWNED_MS = 5_000;

/**
 * @template T
 * @param {string} purpose
 * @param {() => T | Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withLock(purpose, action) {
  const name = createHash('sha256').update(ROOT).digest('hex').slice(0, 16);
  const lock = join(tmpdir(), `schoolbell-${purpose}-${name}`);
  while (!tryLock(lock)) await sleep(POLL_MS);
  try {
    return await action();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isAbandoned(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    if (error.code === 'EPERM') return false;
    if (error.code !== 'ENOENT') return true;
    // Just made, and its owner has not written its number yet; or its owner died in between.
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    return Date.now() - made > UNOWNED_MS;
  }
}
