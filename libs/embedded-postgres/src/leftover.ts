import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLineOf, isAlive, stopProcess } from '@schoolbell/process';

/**
 * Clears what a crash left in a data folder: a server that is still running is stopped, and a
 * `postmaster.pid` whose number now belongs to another program, which would keep Postgres from starting, is
 * removed. Call it only as the one owner of the folder.
 */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid');
  const content = await readFile(pidFile, 'utf8').catch(() => undefined);
  const pid = Number(content?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (isAlive(pid) && commandLineOf(pid)?.includes(dataFolder)) {
    await stopProcess(
      pid,
      { signal: 'SIGINT', waitMs: 15_000 },
      { signal: 'SIGQUIT', waitMs: 5_000 },
    );
  }
  if (!isAlive(pid) || !commandLineOf(pid)?.includes(dataFolder))
    await rm(pidFile, { force: true });
}
