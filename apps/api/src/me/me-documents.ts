import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import {
  PERMISSIONS,
  PLATFORM_ROLES,
  ROLE_PERMISSIONS,
  TENANT_ROLES,
  type Permission,
  type Role,
} from '@schoolbell/identity';
import type { UserRecord } from '@schoolbell/persistence';

const MOMENT = { type: 'string', format: 'date-time' } as const;

/** The signed-in user. */
export class MeDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Null for a user of the platform.' })
  tenantId!: string | null;

  @ApiProperty()
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: [...TENANT_ROLES, ...PLATFORM_ROLES], enumName: 'Role' })
  role!: Role;

  @ApiProperty({ enum: PERMISSIONS, isArray: true, description: 'What the role may do.' })
  permissions!: Permission[];

  @ApiProperty({ description: 'Whether signing in needs a code besides the password.' })
  secondFactor!: boolean;

  @ApiProperty({
    description: 'The tenant requires a second factor, and none is set up yet: set one up first.',
  })
  secondFactorMissing!: boolean;

  @ApiProperty({ type: 'integer', description: 'How many recovery codes are left.' })
  recoveryCodesLeft!: number;

  @ApiProperty({ ...MOMENT, nullable: true })
  lastLoginAt!: string | null;

  @ApiProperty(MOMENT)
  createdAt!: string;
}

export const ME_EXAMPLE: MeDocument = {
  id: 'usr_01jcfpwpg0fgx9p79fda74r401',
  tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
  email: 'viewer@acme-learning.example',
  name: 'Ada Example',
  role: 'viewer',
  permissions: [...ROLE_PERMISSIONS.viewer],
  secondFactor: true,
  secondFactorMissing: false,
  recoveryCodesLeft: 10,
  lastLoginAt: '2026-11-22T09:30:00.000Z',
  createdAt: '2026-11-20T09:30:00.000Z',
};

/** @param mustEnrol as the request was judged */
export function presentMe(user: UserRecord, mustEnrol: boolean): MeDocument {
  return {
    id: toTypeId('user', user.id),
    tenantId: user.tenantId && toTypeId('tenant', user.tenantId),
    email: user.email,
    name: user.name,
    role: user.role,
    permissions: [...ROLE_PERMISSIONS[user.role]],
    secondFactor: user.totpConfirmedAt !== null,
    secondFactorMissing: mustEnrol,
    recoveryCodesLeft: user.recoveryCodes.length,
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}
