// Runs the programs of node_modules on the Node that the product runs on.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { productNode } from './product-node.mjs';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules', '.bin');

/** Shows what the tool says. @returns {number} its exit code */
export function runTool(name, args) {
  return spawnTool(name, args, 'inherit').status ?? 1;
}

/**
 * @param env besides that of this process
 * @throws Error with what the tool said when it fails
 */
export function runQuietly(name, args, env = {}) {
  const { status, stdout, stderr, error } = spawnTool(name, args, 'pipe', env);
  if (status === 0) return;
  const said = `${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`;
  throw new Error(`"${name} ${args.join(' ')}" failed:\n${said}`);
}

function spawnTool(name, args, output, env = {}) {
  return spawnSync(join(BIN, name), args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', output, output],
    // The tools start with "#!/usr/bin/env node": this is the node that they find.
    env: {
      ...process.env,
      PATH: [BIN, dirname(productNode()), process.env.PATH].join(delimiter),
      ...env,
    },
    shell: process.platform === 'win32',
  });
}
