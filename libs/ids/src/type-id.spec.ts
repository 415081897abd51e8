import { TypeID } from 'typeid-js';
import { describe, expect, it } from 'vitest';
import { fromTypeId, toTypeId } from './type-id.js';
import { uuidV7 } from './uuid-v7.js';

describe('type ids', () => {
  it('are written as the public typeid library writes them, and read back', () => {
    for (let i = 0; i < 200; i++) {
      const uuid = uuidV7();
      const id = toTypeId('event', uuid);
      expect(id).toBe(TypeID.fromUUID('evt', uuid).toString());
      expect(fromTypeId('event', id)).toBe(uuid);
    }
  });

  it('match the published test vectors', () => {
    expect(toTypeId('tenant', '01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001')).toBe(
      'ten_01jcfpwpg0fgx9p79fda74r401',
    );
    expect(toTypeId('webhook', 'ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe(
      'wh_7zzzzzzzzzzzzzzzzzzzzzzzzz',
    );
  });

  it.each([
    'evt_',
    'wh_01jcfpwpg0fgx9p79fda74r401',
    'evt_81jcfpwpg0fgx9p79fda74r401',
    'evt_01JCFPWPG0FGX9P79FDA74R401',
    'évt',
  ])('do not accept %s as an event id', (text) => {
    expect(fromTypeId('event', text)).toBeUndefined();
  });
});
