import { ROLE_PERMISSIONS, type Role } from '@schoolbell/identity';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../auth/principal.js';
import { keyScope, requireOwnPermissions } from './key-scope.js';

const TENANT = '01931f6e-5a00-7c3a-9b9c-e97a9a721300';
const ID = '01931f6e-5a00-7c3a-9b9c-e97a9a721301';

const user = (role: Role): Principal => ({
  kind: 'user',
  id: ID,
  name: 'somebody@example.com',
  tenantId: TENANT,
  permissions: new Set(ROLE_PERMISSIONS[role]),
  role,
  sessionId: ID,
  mustEnrol: false,
});
const key: Principal = {
  kind: 'api_key',
  id: ID,
  name: 'a key',
  tenantId: TENANT,
  permissions: new Set(['keys:write', 'events:read']),
  expiresAt: null,
};

describe('API keys', () => {
  it('of others are no business of a developer', () => {
    expect(keyScope(user('developer'), TENANT)).toEqual({
      tenantId: TENANT,
      createdBy: expect.stringMatching(/^usr_/),
    });
  });

  it('of everybody are looked after by owners, and by keys that may do so', () => {
    for (const principal of [user('owner'), key]) {
      expect(keyScope(principal, TENANT)).toEqual({ tenantId: TENANT });
    }
  });

  it('made by a developer look after no keys of others either', () => {
    expect(() => requireOwnPermissions(user('developer'), ['keys:write'])).toThrow();
    expect(() => requireOwnPermissions(user('developer'), ['webhooks:write'])).not.toThrow();
    for (const principal of [user('owner'), key]) {
      expect(() => requireOwnPermissions(principal, ['keys:write'])).not.toThrow();
    }
  });

  it('can do no more than who makes them', () => {
    expect(() => requireOwnPermissions(key, ['secrets:read'])).toThrow();
    expect(() => requireOwnPermissions(user('developer'), ['audit:read'])).toThrow();
  });
});
