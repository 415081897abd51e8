// Runs the programs of node_modules on the Node that the product runs on.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { productNode } from './product-node.mjs';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules', '.bin');

/** Shows what the tool says. @returns {number} its exit code */
export function runTool(name, args) {
  return spawnSync(join(BIN, name), args, optionsWith('inherit')).status ?? 1;
}

/**
 * @param env besides that of this process
 * @throws Error with what the tool said when it fails
 */
export async function runQuietly(name, args, env = {}) {
  const child = spawn(join(BIN, name), args, optionsWith('pipe', env));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  }
  child.once('error', (error) => (said += error.message));
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`"${name} ${args.join(' ')}" failed:\n${said}`);
}

function optionsWith(output, env = {}) {
  return {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    // The tools start with "#!/usr/bin/env node": this is the node that they find.
    env: {
      ...process.env,
      PATH: [BIN, dirname(productNode()), process.env.PATH].join(delimiter),
      ...env,
    },
    shell: process.platform === 'win32',
  };
}
