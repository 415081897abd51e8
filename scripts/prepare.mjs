// What every command needs first: a Node that is new enough, the packages, and where asked for the build.
const NEEDED = [20, 19];

/** Says one line and ends the process when something is missing. */
export async function prepare({ build = true, log = console.log } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
    stop(`Schoolbell needs Node ${NEEDED.join('.')} or later; this is ${process.versions.node}.`);
  }
  try {
    const { ensureInstalled } = await import('./install.mjs');
    await ensureInstalled(log);
    const { ensureBuilt } = await import('./build.mjs');
    if (build) await ensureBuilt(log);
  } catch (error) {
    stop(error.message);
  }
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
