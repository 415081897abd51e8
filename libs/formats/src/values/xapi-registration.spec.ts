import { describe, expect, it } from 'vitest';
import { xapiRegistration } from './xapi-registration.js';

const TENANT = '01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001';
const SESSION = { packageId: 'pkg_def456', learnerId: 'learner-42' };

describe('the registration that an LRS groups statements by', () => {
  it('is the runtime’s own when that is a UUID', () => {
    const registrationId = '6441DF48-4335-4e09-8a1b-9fec4c8c5f97';
    expect(xapiRegistration(TENANT, { ...SESSION, registrationId })).toBe(registrationId);
  });

  it('is made of package, learner and attempt otherwise', () => {
    const expected = '42f46052-2dbf-5434-9791-94eae296f6fc';
    expect(xapiRegistration(TENANT, { ...SESSION, attempt: 1 })).toBe(expected);
    expect(xapiRegistration(TENANT, { ...SESSION, registrationId: '88231' })).toBe(expected);
  });

  it('is never what an LRS would refuse as a UUID', () => {
    const registrationId = '00000000-0000-0000-0000-000000000000';
    const made = xapiRegistration(TENANT, SESSION);
    expect(xapiRegistration(TENANT, { ...SESSION, registrationId })).toBe(made);
  });

  it('takes a session without an attempt for the first', () => {
    const first = xapiRegistration(TENANT, { ...SESSION, attempt: 1 });
    expect(xapiRegistration(TENANT, SESSION)).toBe(first);
    expect(xapiRegistration(TENANT, { ...SESSION, attempt: 2 })).not.toBe(first);
  });

  it('of an id beyond ASCII is made of its UTF-8', () => {
    const session = { packageId: 'Pkg 1/ä', learnerId: 'l@x' };
    expect(xapiRegistration(TENANT, session)).toBe('6545b4f6-cf61-5107-9976-7ff7a6a6fa78');
  });

  it('of another tenant is another', () => {
    const other = '01931f6e-5a00-7c3a-9b1d-2f6a8e4c1002';
    expect(xapiRegistration(other, SESSION)).not.toBe(xapiRegistration(TENANT, SESSION));
  });
});
