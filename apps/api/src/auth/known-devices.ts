import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const NONCE_BYTES = 16;
const FORM = /^([\w-]{22})\.([\w-]{43})$/;

/**
 * Tells devices on which somebody signed in before: nobody who fails for them from elsewhere can keep them out there.
 * A device's token is worth nothing without the password.
 *
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export class KnownDevices {
  /** @param key 32 bytes */
  constructor(private readonly key: Buffer) {}

  /** A token for a device on which the user of this address signed in. */
  tokenFor(email: string): string {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    return `${nonce}.${this.#macOf(nonce, email).toString('base64url')}`;
  }

  /** @returns the device's id; `undefined` unless the user of this address signed in on it */
  idOf(token: string | undefined, email: string): string | undefined {
    const [, nonce, mac] = FORM.exec(token ?? '') ?? [];
    if (!nonce || !mac) return undefined;
    const genuine = timingSafeEqual(Buffer.from(mac, 'base64url'), this.#macOf(nonce, email));
    return genuine ? nonce : undefined;
  }

  #macOf(nonce: string, email: string): Buffer {
    return createHmac('sha256', this.key).update(`${nonce}.${email}`).digest();
  }
}
