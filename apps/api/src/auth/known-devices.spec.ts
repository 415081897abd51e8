import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KnownDevices } from './known-devices.js';

const devices = new KnownDevices(randomBytes(32));
const user = { id: randomUUID(), passwordChangedAt: new Date(1_000) };

describe('a device', () => {
  it('is known for the user who signed in on it, and for nobody else', () => {
    const token = devices.tokenFor(user);
    expect(devices.idOf(token, user)).toMatch(/^[\w-]{22}$/);
    expect(devices.idOf(token, { ...user, id: randomUUID() })).toBeUndefined();
    expect(devices.idOf(undefined, user)).toBeUndefined();
  });

  it('is not known any more once the password was changed', () => {
    const unchanged = { ...user, passwordChangedAt: null };
    const token = devices.tokenFor(unchanged);
    expect(devices.idOf(token, unchanged)).toBeDefined();
    expect(devices.idOf(token, user)).toBeUndefined();
    const later = { ...user, passwordChangedAt: new Date(1_001) };
    expect(devices.idOf(devices.tokenFor(user), later)).toBeUndefined();
  });
});
