import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Schoolbell';
const PERIOD_SECONDS = 30;
/** A code of the step before or after counts too: clocks differ, and typing takes a while. RFC 6238, section 5.2. */
const WINDOW_STEPS = 1;
/** RFC 4226, section 4: as long as the digest of HMAC-SHA-1. */
const SECRET_BYTES = 20;
const CODE = /^\d{6}$/;

/** A new secret for an authenticator app, in base32. */
export function makeTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an authenticator app reads as a QR code: `otpauth://totp/Schoolbell:…`. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/** A code that somebody typed, and what is known about their second factor. */
export interface TotpTrial {
  /** Base32. */
  secret: string;
  code: string;
  /** The last step whose code was taken; null for none. */
  usedStep: bigint | null;
  now: Date;
}

/**
 * Checks a code. Each counts once: the caller stores the step, and a code of it or of an earlier one is refused from
 * then on.
 *
 * @returns the step that the code is of; `undefined` for a wrong or used code
 */
export function verifyTotp({ secret, code, usedStep, now }: TotpTrial): bigint | undefined {
  if (!CODE.test(code)) return undefined;
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: WINDOW_STEPS });
  if (delta === null) return undefined;
  const step = BigInt(Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta);
  return usedStep === null || step > usedStep ? step : undefined;
}

/** The code of a moment, as an authenticator app shows it. */
export function totpCode(secret: string, now: Date): string {
  return totpOf(secret).generate({ timestamp: now.getTime() });
}

function totpOf(secret: string, label = 'user'): TOTP {
  const parts = { algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS };
  return new TOTP({ ...parts, issuer: ISSUER, label, secret: Secret.fromBase32(secret) });
}
