import { describe, expect, it } from 'vitest';
import { makeRecoveryCodes, spendRecoveryCode } from './index.js';

describe('recovery codes', () => {
  it('are ten, all different, and stored as hashes', () => {
    const { codes, hashes } = makeRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([2-9a-z]{5}-){2}[2-9a-z]{5}$/);
    for (const each of hashes) expect(each).toMatch(/^[0-9a-f]{64}$/);
  });

  it('count once each, in whatever way they are typed', () => {
    const { codes, hashes } = makeRecoveryCodes();
    const typed = codes[3]!.toUpperCase().replaceAll('-', ' ');
    const left = spendRecoveryCode(hashes, typed);
    expect(left).toEqual(hashes.toSpliced(3, 1));
    expect(spendRecoveryCode(left!, codes[3]!)).toBeUndefined();
  });

  it('are not what nobody was given', () => {
    expect(spendRecoveryCode(makeRecoveryCodes().hashes, 'k7m2p-9xq4z-3hn8v')).toBeUndefined();
    expect(spendRecoveryCode([], '')).toBeUndefined();
  });
});
