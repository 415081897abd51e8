// Finds the Node that runs the product: this one where it is new enough, else the one in node_modules.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** undici 8 and vitest 5 need 22.19. */
const NEEDED = [22, 19];
const ROOT = join(import.meta.dirname, '..');

export function isNewEnough(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** @returns {string} the path of a Node that runs the product */
export function productNode() {
  if (isNewEnough()) return process.execPath;
  const candidates = [
    join(ROOT, 'node_modules', '.bin', 'node'),
    join(ROOT, 'node_modules', `node-win-${process.arch}`, 'bin', 'node.exe'),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    `No Node for ${process.platform} on ${process.arch} came with the packages. Install Node ${NEEDED.join('.')} or later.`,
  );
}
