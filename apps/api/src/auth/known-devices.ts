import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { UserRecord } from '@schoolbell/persistence';

const NONCE_BYTES = 16;
const FORM = /^([\w-]{22})\.([\w-]{43})$/;

/** A device is known for this user until their password changes. */
type DeviceUser = Pick<UserRecord, 'id' | 'passwordChangedAt'>;

/**
 * Recognises devices on which a user has signed in before: failed logins from elsewhere cannot lock the user out there.
 * A device's token is worthless without the password.
 *
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export class KnownDevices {
  /** @param key 32 bytes */
  constructor(private readonly key: Buffer) {}

  /** A token for a device on which the user has signed in. */
  tokenFor(user: DeviceUser): string {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    return `${nonce}.${this.macOf(nonce, user).toString('base64url')}`;
  }

  /** @returns the device's id; `undefined` unless the user has signed in on it since their last change of password */
  idOf(token: string | undefined, user: DeviceUser): string | undefined {
    const [, nonce, mac] = FORM.exec(token ?? '') ?? [];
    if (!nonce || !mac) return undefined;
    const genuine = timingSafeEqual(Buffer.from(mac, 'base64url'), this.macOf(nonce, user));
    return genuine ? nonce : undefined;
  }

  private macOf(nonce: string, { id, passwordChangedAt }: DeviceUser): Buffer {
    const subject = `${nonce}.${id}.${passwordChangedAt?.getTime() ?? ''}`;
    return createHmac('sha256', this.key).update(subject).digest();
  }
}
