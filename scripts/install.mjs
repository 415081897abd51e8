// Installs the packages of the lock file, unless they are there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

const ROOT = join(import.meta.dirname, '..');
const MODULES = join(ROOT, 'node_modules');
const LOCK_FILE = join(ROOT, 'package-lock.json');
/** npm writes this file last: without it, an installation was cut short. */
const INSTALLED = join(MODULES, '.package-lock.json');
/** The lock file that was installed. A checkout changes times without changing content. */
const STAMP = join(MODULES, '.schoolbell-installed');

/**
 * @param {(line: string) => void} log told what is done, when something is
 */
export async function ensureInstalled(log = console.log) {
  if (isInstalled()) return;
  await withLock('install', () => {
    if (isInstalled()) return;
    log('Installing packages (npm ci); the first time this takes a minute or so …');
    install();
    writeFileSync(STAMP, fingerprint());
  });
}

function isInstalled() {
  const modules = lstatSync(MODULES, { throwIfNoEntry: false });
  // Whoever linked the folder from elsewhere looks after it there.
  if (modules?.isSymbolicLink()) return true;
  const installed = statSync(INSTALLED, { throwIfNoEntry: false });
  if (!installed) return false;
  return installed.mtimeMs >= statSync(LOCK_FILE).mtimeMs || stamp() === fingerprint();
}

function install() {
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const [command, ...prefix] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const { status, error } = spawnSync(command, [...prefix, ...args, '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && prefix.length === 0,
  });
  if (status === 0) return;
  const reason = error ? `: ${error.message}` : '; its messages are above';
  throw new Error(`The packages could not be installed${reason}.`);
}

function fingerprint() {
  return createHash('sha256').update(readFileSync(LOCK_FILE)).digest('hex');
}

function stamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}
