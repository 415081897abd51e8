import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Turns } from './turns.js';

/**
 * argon2id, which is the library's default, with 19 MiB, two passes and one lane.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const ARGON2ID = 2;

/** What a password is compared with if none is stored: a hash of the same cost that no password has. */
const NOBODYS = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** What comparing a password with a hash showed. */
export interface PasswordMatch {
  matches: boolean;
  /** It matches, but was hashed with parameters of another time: hash it again, now that it is known. */
  outdated: boolean;
}

/** Hashes passwords, a few at a time, so that many logins cannot take the machine. */
export class PasswordHasher {
  private readonly turns = new Turns();

  /** @throws HasherBusyError */
  hash(password: string): Promise<string> {
    return this.turns.take(() => hash(normalized(password), PARAMETERS));
  }

  /**
   * Compares a password with a hash, in constant time.
   *
   * @param stored null where there is none, such as for an e-mail address that nobody has: takes as long, and never
   *   matches
   * @throws HasherBusyError
   */
  async verify(stored: string | null, password: string): Promise<PasswordMatch> {
    const against = stored ?? NOBODYS;
    const matches = await this.turns.take(() => verify(against, normalized(password)));
    return { matches, outdated: matches && isOutdated(against) };
  }
}

function isOutdated(stored: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored);
  return (
    algorithm !== ARGON2ID ||
    memoryCost !== PARAMETERS.memoryCost ||
    timeCost !== PARAMETERS.timeCost ||
    parallelism !== PARAMETERS.parallelism
  );
}

/** The same letters typed on another keyboard are the same password. NIST SP 800-63B, section 5.1.1.2. */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
