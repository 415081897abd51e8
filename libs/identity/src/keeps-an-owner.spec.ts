import { describe, expect, it } from 'vitest';
import { keepsAnOwner } from './keeps-an-owner.js';

const active = (id: string) => ({ id, active: true });
const invited = (id: string) => ({ id, active: false });

describe('a tenant', () => {
  it.each([
    ['its only owner', [active('a')], false],
    ['the only owner who ever signed in', [active('a'), invited('b')], false],
    ['its only owner, who was invited to a wrong address', [invited('a')], false],
    ['one owner of two', [active('a'), active('b')], true],
    ['an invited owner beside one who signs in', [invited('a'), active('b')], true],
    [
      'an owner who was invited to a wrong address, beside another',
      [invited('a'), invited('b')],
      true,
    ],
  ])('without %s', (_what, owners, keeps) => {
    expect(keepsAnOwner(owners, 'a')).toBe(keeps);
  });
});
