import { execFile, spawnSync } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { promisify } from 'node:util';
import { OperatorError } from '@schoolbell/process';

const run = promisify(execFile);

const DEDICATED_USER = 'postgres';
/** Exists on every Unix, for where no user can be added. */
const LAST_RESORT_USER = 'nobody';

/** Who Postgres runs as. */
export interface Account {
  uid?: number;
  gid?: number;
  /** Goes before the command, such as `setpriv …`. */
  prefix: readonly string[];
  /** Hands a file or folder to this account. */
  own(path: string): Promise<void>;
}

const CURRENT_USER: Account = { prefix: [], own: async () => undefined };

/**
 * Postgres refuses to run as root, so that root runs it as the user `postgres`, which is added when
 * missing. Where that user cannot reach a path, such as a clone in `/root`, it gets the one capability
 * to pass through folders.
 *
 * @param paths what it must be able to reach: its programs, the data folder
 * @throws OperatorError `postgres_unavailable` when there is no way
 */
export async function postgresAccount(paths: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return CURRENT_USER;
  const { uid, gid } = await findOrAddUser();
  const own = (path: string): Promise<void> => chown(path, uid, gid);
  const candidates: Account[] = [
    { uid, gid, prefix: [], own },
    { prefix: passingThroughFolders(uid, gid, 'dac_read_search'), own },
    { prefix: passingThroughFolders(uid, gid, 'dac_override'), own },
  ];
  const account = candidates.find((candidate) => canReach(candidate, paths));
  if (account) return account;
  throw new OperatorError(
    'postgres_unavailable',
    `Postgres cannot run as root, and no other user can reach ${paths.join(' and ')}. Move the installation or SCHOOLBELL_HOME out of private folders, or run as another user.`,
  );
}

async function findOrAddUser(): Promise<{ uid: number; gid: number }> {
  const existing = await idsOf(DEDICATED_USER);
  if (existing) return existing;
  await addUser(DEDICATED_USER).catch(() => undefined);
  const user = (await idsOf(DEDICATED_USER)) ?? (await idsOf(LAST_RESORT_USER));
  if (user) return user;
  throw new OperatorError(
    'postgres_unavailable',
    `Postgres cannot run as root, and a user "${DEDICATED_USER}" could not be added. Run as another user, or set DATABASE_URL.`,
  );
}

async function addUser(name: string): Promise<void> {
  await run('groupadd', ['--system', name]).catch(() => undefined);
  const flags = ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await run('useradd', [...flags, '--gid', name, name]);
}

async function idsOf(user: string): Promise<{ uid: number; gid: number } | undefined> {
  const ids = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, user]))).catch(
    () => undefined,
  );
  const [uid, gid] = ids?.map(({ stdout }) => Number(stdout)) ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function passingThroughFolders(uid: number, gid: number, capability: string): string[] {
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  // access(2), which initdb asks before it runs postgres, looks at capabilities only with this bit.
  const bits = '--securebits=+no_setuid_fixup';
  return ['setpriv', ...user, bits, `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
}

function canReach({ uid, gid, prefix }: Account, paths: readonly string[]): boolean {
  const test = ['sh', '-c', 'for path; do test -x "$path" || exit 1; done', 'sh', ...paths];
  const [command, ...args] = [...prefix, ...test];
  return spawnSync(command!, args, { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}
