import { describe, expect, it } from 'vitest';
import { readPermissions, ROLE_PERMISSIONS, TENANT_PERMISSIONS } from './index.js';

describe('roles', () => {
  it('of a tenant have nothing of the platform', () => {
    for (const role of ['owner', 'developer', 'viewer'] as const) {
      for (const permission of ROLE_PERMISSIONS[role]) {
        expect(TENANT_PERMISSIONS).toContain(permission);
      }
    }
  });

  it('a developer may do all but look after users and read the audit log', () => {
    const missing = TENANT_PERMISSIONS.filter((p) => !ROLE_PERMISSIONS.developer.includes(p));
    expect(missing).toEqual(['users:write', 'audit:read']);
  });

  it('a viewer and the platform’s support read no secrets and change no webhooks', () => {
    for (const role of ['viewer', 'platform_support'] as const) {
      expect(ROLE_PERMISSIONS[role]).not.toContain('secrets:read');
      expect(ROLE_PERMISSIONS[role]).not.toContain('webhooks:write');
    }
  });
});

describe('stored permissions', () => {
  it('that this version does not know grant nothing', () => {
    expect(readPermissions(['webhooks:read', 'rockets:launch'])).toEqual(['webhooks:read']);
  });

  it('for changing what is the platform’s include looking at it', () => {
    expect(readPermissions(['platform'])).toEqual(['platform', 'platform:read']);
  });
});
