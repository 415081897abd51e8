import { hash, randomInt } from 'node:crypto';

/** How many codes stand in for a lost authenticator app. */
export const RECOVERY_CODE_COUNT = 10;

/** Without letters that look like others. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const GROUP_LENGTH = 5;
const GROUPS = 3;

/** Codes to be shown once, and what is stored of them. */
export interface RecoveryCodes {
  /** `k7m2p-9xq4z-3hn8v`: more than 70 random bits, so that a fast hash protects them. */
  codes: string[];
  hashes: string[];
}

export function makeRecoveryCodes(): RecoveryCodes {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, makeCode);
  return { codes, hashes: codes.map(hashRecoveryCode) };
}

/** SHA-256 in hex; capitals, spaces and hyphens do not matter. */
export function hashRecoveryCode(code: string): string {
  return hash('sha256', code.toLowerCase().replaceAll(/[\s-]/g, ''), 'hex');
}

/**
 * Spends a code: each counts once.
 *
 * @param hashes those that are left
 * @returns those that are left without it; `undefined` for a code that is not among them
 */
export function spendRecoveryCode(hashes: readonly string[], code: string): string[] | undefined {
  const spent = hashRecoveryCode(code);
  return hashes.includes(spent) ? hashes.filter((each) => each !== spent) : undefined;
}

function makeCode(): string {
  return Array.from({ length: GROUPS }, makeGroup).join('-');
}

function makeGroup(): string {
  return Array.from({ length: GROUP_LENGTH }, () =>
    ALPHABET.charAt(randomInt(ALPHABET.length)),
  ).join('');
}
