import { setTimeout as sleep } from 'node:timers/promises';
import { toTypeId } from '@schoolbell/ids';
import type { Database } from '../../database/database.js';
import type { SecretBox } from '../../database/encryption.js';
import { readStoredKeys, type StoredKey } from '../../database/stored-keys.js';
import {
  ENCRYPTED,
  nextOutdated,
  replace,
  type OutdatedWebhook,
  type Replacement,
} from './webhook-secrets.js';
import { LOWEST_UUID } from '../../database/id-range.js';
import { rotateUserSecrets } from './rotate-user-secrets.js';
import type { UnreadableSecrets } from './unreadable-secrets.js';

const WEBHOOKS_PER_STATEMENT = 100;
/** What was changed or locked by others while it was looked at is looked at again. */
const MOST_PASSES = 10;
const REST_BETWEEN_PASSES_MS = 200;

export interface KeyRotation {
  /** Webhooks and secrets of users that were encrypted anew. */
  rotated: number;
  /** Left as they are. */
  unreadable: UnreadableSecrets[];
  /** The keys that are needed still, other than the first. None: the first is enough. */
  oldKeys: StoredKey[];
}

interface Pass {
  /** Ciphertexts that were to be replaced. */
  outdated: number;
  unreadable: UnreadableSecrets[];
}

/**
 * Encrypts with the first key what was encrypted with another, some webhooks at a time, beside everything that
 * goes on. It keeps no record of where it is: each ciphertext names its key, so a run that was cut off goes on
 * when it is run again.
 *
 * @param onProgress told how many webhooks and secrets of users are done
 */
export async function rotateKeys(
  db: Pick<Database, 'maintenancePool' | 'secretBox'>,
  onProgress: (rotated: number) => void,
): Promise<KeyRotation> {
  let rotated = 0;
  let pass: Pass = { outdated: 0, unreadable: [] };
  for (let i = 0; i < MOST_PASSES; i++) {
    if (i > 0) await sleep(REST_BETWEEN_PASSES_MS);
    const onBatch = (count: number): void => onProgress((rotated += count));
    const [ofWebhooks, ofUsers] = [
      await onePass(db, onBatch),
      await rotateUserSecrets(db, onBatch),
    ];
    pass = {
      outdated: ofWebhooks.outdated + ofUsers.outdated,
      unreadable: [...ofWebhooks.unreadable, ...ofUsers.unreadable],
    };
    if (pass.outdated === 0) break;
  }
  const keys = await readStoredKeys(db.maintenancePool);
  const oldKeys = keys.filter(({ id }) => id !== db.secretBox.keyIds[0]);
  return { rotated, unreadable: pass.unreadable, oldKeys };
}

async function onePass(
  { maintenancePool, secretBox }: Pick<Database, 'maintenancePool' | 'secretBox'>,
  onBatch: (count: number) => void,
): Promise<Pass> {
  const pass: Pass = { outdated: 0, unreadable: [] };
  for (let after = LOWEST_UUID; ;) {
    const startedAt = performance.now();
    const prefix = secretBox.currentPrefix;
    const webhooks = await nextOutdated(maintenancePool, after, prefix, WEBHOOKS_PER_STATEMENT);
    const last = webhooks.at(-1);
    if (!last) return pass;
    after = last.id;
    const replacements = webhooks.flatMap((webhook) => encryptAnew(webhook, secretBox, pass));
    if (replacements.length > 0) {
      pass.outdated += replacements.length;
      onBatch(await replace(maintenancePool, replacements));
    }
    // As long a rest as the work took: Postgres has deliveries to claim and to record meanwhile.
    await sleep(performance.now() - startedAt);
  }
}

/** What cannot be read is noted where it is needed, and left alone. */
function encryptAnew(webhook: OutdatedWebhook, box: SecretBox, pass: Pass): Replacement[] {
  const unreadable = new Map<string, string>();
  const replacements = ENCRYPTED.flatMap((column): Replacement[] => {
    const from = webhook[column];
    if (from === null || from.startsWith(box.currentPrefix)) return [];
    try {
      return [{ id: webhook.id, column, from, to: box.encrypt(box.decrypt(from)) }];
    } catch (error) {
      const isNeeded = webhook.needed && (column !== 'previous_secret' || webhook.overlaps);
      if (isNeeded) unreadable.set(column, (error as Error).message);
      return [];
    }
  });
  if (unreadable.size > 0) {
    const reason = [...unreadable].map(([column, message]) => `${column}: ${message}`).join(' ');
    pass.unreadable.push({ ownerId: toTypeId('webhook', webhook.id), reason });
  }
  return replacements;
}
