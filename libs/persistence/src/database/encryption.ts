import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const KEY_BYTES = 32;
/** NIST SP 800-38D, section 8.2: 96 random bits, never used twice with a key. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type DecryptionFailure = 'unknown_encryption_key' | 'ciphertext_damaged';

/** A stored secret that cannot be read. Neither message nor code says anything about the secret. */
export class DecryptionError extends Error {
  constructor(
    readonly code: DecryptionFailure,
    message: string,
  ) {
    super(message);
    this.name = 'DecryptionError';
  }
}

/**
 * Encrypts what the database keeps secret, with AES-256-GCM: `v1:<key id>:<base64url of iv, tag, ciphertext>`.
 *
 * The first key encrypts, every key decrypts: to rotate, put a new key in front and leave the old ones
 * until nothing is left that was encrypted with them.
 */
export class SecretBox {
  /** Not as bytes, which Node 24 takes five times as long to use. */
  private readonly keys = new Map<string, KeyObject>();
  private readonly currentKeyId: string;

  /**
   * @param keys 32 random bytes each, the current one first
   * @throws RangeError when there is no key, or one has another length
   */
  constructor(keys: readonly Buffer[]) {
    for (const key of keys) {
      if (key.length !== KEY_BYTES) {
        throw new RangeError(`An encryption key must have ${KEY_BYTES} bytes, not ${key.length}.`);
      }
      this.keys.set(keyIdOf(key), createSecretKey(key));
    }
    if (!keys[0]) throw new RangeError('At least one encryption key is needed.');
    this.currentKeyId = keyIdOf(keys[0]);
  }

  /** The current key's first. */
  get keyIds(): string[] {
    return [...this.keys.keys()];
  }

  /** What every text begins with that the first key has encrypted. */
  get currentPrefix(): string {
    return `${VERSION}:${this.currentKeyId}:`;
  }

  encrypt(plaintext: string): string {
    const header = `${VERSION}:${this.currentKeyId}`;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.keys.get(this.currentKeyId)!, iv);
    cipher.setAAD(Buffer.from(header));
    const encrypted = [cipher.update(plaintext, 'utf8'), cipher.final()];
    return `${header}:${Buffer.concat([iv, cipher.getAuthTag(), ...encrypted]).toString('base64url')}`;
  }

  /** @throws DecryptionError when the key is not among ours, or the text was cut or changed */
  decrypt(ciphertext: string): string {
    const [version, keyId = '', body = ''] = ciphertext.split(':');
    const bytes = Buffer.from(body, 'base64url');
    if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) throw damaged();
    const key = this.keys.get(keyId);
    if (!key) {
      throw new DecryptionError(
        'unknown_encryption_key',
        `This was encrypted with the key ${keyId}, which is not in ENCRYPTION_KEY: add that key again.`,
      );
    }
    return open(key, `${version}:${keyId}`, bytes);
  }
}

function open(key: KeyObject, header: string, bytes: Buffer): string {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(header));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const plaintext = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([plaintext, decipher.final()]).toString('utf8');
  } catch {
    throw damaged();
  }
}

function damaged(): DecryptionError {
  return new DecryptionError(
    'ciphertext_damaged',
    'This secret was cut or changed in the database and cannot be read: set it again.',
  );
}

/** Names a key without telling anything about it: it is random, and a hash of it cannot be reversed. */
function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('schoolbell key id').update(key).digest('hex').slice(0, 8);
}
