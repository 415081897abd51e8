// `npm start`: installs and builds what is missing, then runs the product on a Node that is new enough.
//
// Its line in package.json begins with `exec`, for a shell in between would die of the SIGTERM that npm passes
// on, and npm would be gone before the product has stopped. Where there is no `exec`, the second half runs.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

await prepare();
const { isNewEnough, productNode } = await import('./product-node.mjs');
const main = new URL('../dist/apps/standalone/src/main.js', import.meta.url);

if (isNewEnough()) await import(main.href);
else runOnProductNode();

function runOnProductNode() {
  const parent = process.ppid;
  const child = spawn(productNode(), [fileURLToPath(main)], {
    // The channel tells the product when this process is gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const orphaned = () => process.ppid !== parent && child.kill('SIGTERM');
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 1_000).unref();
  child.once('error', (error) => {
    console.error(`The product could not be started: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code) => process.exit(code ?? 1));
}
