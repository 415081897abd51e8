import { Injectable } from '@nestjs/common';
import { isPlatformRole, type Role, ROLE_PERMISSIONS } from '@schoolbell/identity';
import type { Principal } from '../auth/principal.js';
import { TenantDirectory } from '../auth/tenant-directory.js';
import { ApiError, validationFailed } from '../http/api-error.js';

/** The team of a request's users: UUID of a tenant, or null for the platform. */
export type Team = string | null;

/** Decides which users a request may be about, and which roles they can have. */
@Injectable()
export class Teams {
  constructor(private readonly tenants: TenantDirectory) {}

  /**
   * The tenant's team; the platform's own where the platform names no tenant.
   *
   * @throws ApiError `permission_denied`, `tenant_not_found`
   */
  async of(principal: Principal, tenantId: string | undefined): Promise<Team> {
    if (tenantId !== undefined) {
      await this.tenants.requireExisting(tenantId);
      return tenantId;
    }
    if (principal.permissions.has('platform')) return null;
    throw new ApiError('permission_denied', 'This needs the permission `platform`.');
  }

  /**
   * With a password of an owner's choice, an owner could claim an address whose mailbox nobody has opened.
   *
   * @param field a field that only the platform may send
   * @throws ApiError `permission_denied`
   */
  requirePlatform(principal: Principal, field: string): void {
    if (principal.permissions.has('platform')) return;
    const message = 'only the platform may set a password: leave it out, and an invitation is sent';
    throw new ApiError('permission_denied', `${field}: ${message}`);
  }

  /**
   * Nobody grants a role that may do more than they may themselves.
   *
   * @throws ApiError `validation_failed` for a role that the team does not have, `permission_denied`
   */
  requireRole(principal: Principal, team: Team, role: Role): void {
    if (isPlatformRole(role) !== (team === null)) {
      const whose = team === null ? 'the platform' : 'a tenant';
      throw validationFailed([{ path: 'role', message: `is not a role of ${whose}` }]);
    }
    const lacking = ROLE_PERMISSIONS[role].filter((each) => !principal.permissions.has(each));
    if (lacking.length === 0) return;
    throw new ApiError('permission_denied', `Only who has \`${lacking[0]!}\` can give this role.`);
  }
}
