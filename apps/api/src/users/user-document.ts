import { ApiProperty } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import { PLATFORM_ROLES, type Role, TENANT_ROLES } from '@schoolbell/identity';
import type { UserRecord } from '@schoolbell/persistence';

export const ROLES: readonly Role[] = [...TENANT_ROLES, ...PLATFORM_ROLES];

/** A person who signs in. */
export class UserDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Null for users of the platform.' })
  tenantId!: string | null;

  @ApiProperty({ format: 'email', description: 'In lower case.' })
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ROLES, enumName: 'Role' })
  role!: Role;

  @ApiProperty({
    enum: ['active', 'invited'],
    description: '`invited` until a password is chosen.',
  })
  status!: 'active' | 'invited';

  @ApiProperty({ description: 'Whether a second factor is in use.' })
  secondFactor!: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  lastLoginAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export const USER_EXAMPLE: UserDocument = {
  id: 'usr_01jcfpwpg0fgx9p79fda74r401',
  tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
  email: 'ada@northwind.example',
  name: 'Ada Lovelace',
  role: 'developer',
  status: 'invited',
  secondFactor: false,
  lastLoginAt: null,
  createdAt: '2026-11-22T09:30:00.000Z',
  updatedAt: '2026-11-22T09:30:00.000Z',
};

export function presentUser(user: UserRecord): UserDocument {
  return {
    id: toTypeId('user', user.id),
    tenantId: user.tenantId && toTypeId('tenant', user.tenantId),
    email: user.email,
    name: user.name,
    role: user.role,
    status: user.passwordHash === null ? 'invited' : 'active',
    secondFactor: user.totpConfirmedAt !== null,
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}
