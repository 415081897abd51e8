import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { reservedPort } from './reserved-port.js';

const run = promisify(execFile);

/** What a server that runs has for itself alone. */
const NOT_COPIED = ['pg_wal/*', 'postmaster.pid', 'postmaster.opts', 'pg_replslot/*'];

/**
 * A physical backup of a server that goes on working, as `pg_basebackup` takes one, which the embedded binaries lack:
 * the files between `pg_backup_start` and `pg_backup_stop`, and the WAL up to then.
 *
 * @param folder of the server, as `startEmbeddedPostgres` has it
 * @param beforeItEnds what the backup has to hold too
 * @returns a folder of the same kind, with the same password and a port of its own
 */
export async function backUpPostgres(
  folder: string,
  url: string,
  beforeItEnds: () => Promise<unknown> = async () => undefined,
): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'schoolbell-backup-'));
  await mkdir(join(copy, 'data'));
  const label = await inBackup(url, async () => {
    await copyFiles(join(folder, 'data'), join(copy, 'data'), NOT_COPIED);
    await beforeItEnds();
  });
  await copyFiles(join(folder, 'data', 'pg_wal'), join(copy, 'data', 'pg_wal'));
  const labelFile = join(copy, 'data', 'backup_label');
  await writeFile(labelFile, label);
  // Postgres does not run as root, and must read it.
  const { uid, gid } = await stat(join(copy, 'data', 'PG_VERSION'));
  await chown(labelFile, uid, gid);
  const { password } = JSON.parse(await readFile(join(folder, 'connection.json'), 'utf8'));
  const connection = JSON.stringify({ port: await reservedPort(), password });
  await writeFile(join(copy, 'connection.json'), connection);
  return copy;
}

/** @returns what `backup_label` must say */
async function inBackup(url: string, copyAll: () => Promise<void>): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SELECT pg_backup_start('test', fast => true)`);
    await copyAll();
    const { rows } = await client.query<{ labelfile: string }>(
      'SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)',
    );
    return rows[0]!.labelfile;
  } finally {
    await client.end();
  }
}

/** With their owners. Files that change meanwhile are no failure: the WAL puts them right. */
async function copyFiles(from: string, to: string, without: readonly string[] = []): Promise<void> {
  const exclude = without.map((name) => `--exclude=./${name}`).join(' ');
  const tar = `tar -C "$0" ${exclude} --warning=no-file-changed --warning=no-file-removed -cf - .`;
  const script = `set -o pipefail; { ${tar} || [ $? -eq 1 ]; } | tar -C "$1" -xpf -`;
  await run('bash', ['-c', script, from, to]);
}
