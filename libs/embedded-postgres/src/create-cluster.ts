import { spawn } from 'node:child_process';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from '@schoolbell/process';
import type { Account } from './account.js';
import type { PostgresBinaries } from './binaries.js';
import { postgresEnvironment } from './postgres-environment.js';

export const DATABASE = 'schoolbell';
export const USER = 'schoolbell';

interface ClusterOptions {
  binaries: PostgresBinaries;
  account: Account;
  /** Must not exist yet. */
  dataFolder: string;
  password: string;
  /** False leaves out fsync: for tests, whose data is worth nothing. */
  sync: boolean;
}

/**
 * Makes a data folder with an empty database. It appears under its name only when it is complete, so that
 * a first start that was cut short is simply begun again.
 *
 * @throws OperatorError `postgres_failed`
 */
export async function createCluster(options: ClusterOptions): Promise<void> {
  const unfinished = `${options.dataFolder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await options.account.own(unfinished);
  await initialise(options, unfinished);
  await createDatabase(options, unfinished);
  await rename(unfinished, options.dataFolder);
}

async function initialise(options: ClusterOptions, folder: string): Promise<void> {
  const passwordFile = `${options.dataFolder}.password`;
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  await options.account.own(passwordFile);
  // Sorting and case by code point: the same on every machine, whatever locales it has.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const sync = options.sync ? [] : ['--no-sync'];
  const args = [
    '-D',
    folder,
    '--encoding=UTF8',
    '--no-instructions',
    ...locale,
    ...access,
    ...sync,
  ];
  try {
    await runToEnd(options, options.binaries.initdb, args);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** By the single-user mode: no server, no port and no client is needed for one statement. */
async function createDatabase(options: ClusterOptions, folder: string): Promise<void> {
  const fsync = `fsync=${options.sync ? 'on' : 'off'}`;
  const args = ['--single', '-D', folder, '-c', fsync, 'postgres'];
  await runToEnd(options, options.binaries.postgres, args, `CREATE DATABASE ${DATABASE};\n`);
}

async function runToEnd(
  { account, dataFolder }: ClusterOptions,
  program: string,
  args: readonly string[],
  input = '',
): Promise<void> {
  const [command, ...rest] = [...account.prefix, program, ...args];
  const { uid, gid } = account;
  const child = spawn(command!, rest, {
    uid,
    gid,
    cwd: dirname(dataFolder),
    env: postgresEnvironment(),
    detached: process.platform !== 'win32',
  });
  let output = '';
  child.stdout.resume();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0) return;
  const reason = output.trim().split('\n').at(-1) ?? '';
  throw new OperatorError('postgres_failed', `Postgres could not be set up: ${reason}`);
}
