import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InstanceLock } from './instance-lock.js';
import { OperatorError } from '@schoolbell/process';

/** Everything that an installation keeps. */
export interface DataFolder {
  path: string;
  /** The folder of the embedded Postgres. */
  postgres: string;
  logs: string;
  credentials: string;
  secrets: string;
  lock: InstanceLock;
}

/**
 * Creates the data folder if it is missing, and locks it for this process.
 *
 * @throws OperatorError `data_folder` when it cannot be used, `already_running` when another process uses it
 */
export async function openDataFolder(home: string): Promise<DataFolder> {
  const path = resolve(home);
  const logs = join(path, 'logs');
  try {
    await mkdir(path, { recursive: true });
    await mkdir(logs, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const lock = await InstanceLock.take(join(path, 'instance.json'));
    return {
      path,
      logs,
      lock,
      postgres: join(path, 'postgres'),
      credentials: join(path, 'credentials.json'),
      secrets: join(path, 'secrets.json'),
    };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      'data_folder',
      `The data folder ${path} cannot be used: ${reasonOf(error)}. Make it a writable folder, or set SCHOOLBELL_HOME to another.`,
      { cause: error },
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a file is in its place',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'a file is in its place',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
