import { toTypeId } from '@schoolbell/ids';
import type { Database } from '../../database/database.js';
import { LOWEST_UUID } from '../../database/id-range.js';
import {
  nextOutdated,
  replace,
  USER_SECRETS,
  type OutdatedUserSecret,
  type Replacement,
  type UserSecrets,
} from './user-secrets.js';
import type { UnreadableSecrets } from './unreadable-secrets.js';

const ROWS_PER_STATEMENT = 100;

/** What a pass over the secrets of users found. */
interface UserPass {
  /** Ciphertexts that were to be replaced. */
  outdated: number;
  unreadable: UnreadableSecrets[];
}

type Tools = Pick<Database, 'maintenancePool' | 'secretBox'>;

/** Encrypts with the first key what is kept secret of users. @param onBatch told how many ciphertexts are done */
export async function rotateUserSecrets(
  tools: Tools,
  onBatch: (count: number) => void,
): Promise<UserPass> {
  const pass: UserPass = { outdated: 0, unreadable: [] };
  for (const secrets of USER_SECRETS) {
    for (let after: string | undefined = LOWEST_UUID; after !== undefined;) {
      after = await oneBatch(tools, secrets, after, pass, onBatch);
    }
  }
  return pass;
}

/** @returns the id up to which it looked; `undefined` at the end */
async function oneBatch(
  { maintenancePool, secretBox }: Tools,
  secrets: UserSecrets,
  after: string,
  pass: UserPass,
  onBatch: (count: number) => void,
): Promise<string | undefined> {
  const prefix = secretBox.currentPrefix;
  const rows = await nextOutdated(maintenancePool, secrets, after, prefix, ROWS_PER_STATEMENT);
  const replacements = rows.flatMap((row) => encryptAnew(row, secrets, secretBox, pass));
  if (replacements.length > 0) {
    pass.outdated += replacements.length;
    onBatch(await replace(maintenancePool, secrets, replacements));
  }
  return rows.at(-1)?.id;
}

function encryptAnew(
  { id, userId, ciphertext, needed }: OutdatedUserSecret,
  { column }: UserSecrets,
  box: Database['secretBox'],
  pass: UserPass,
): Replacement[] {
  try {
    return [{ id, from: ciphertext, to: box.encrypt(box.decrypt(ciphertext)) }];
  } catch (error) {
    const reason = `${column}: ${(error as Error).message}`;
    if (needed) pass.unreadable.push({ ownerId: toTypeId('user', userId), reason });
    return [];
  }
}
