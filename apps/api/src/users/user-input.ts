import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Role } from '@schoolbell/identity';
import { IsIn } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';
import { EmailField, NewPasswordField, PersonNameField } from '../accounts/account-fields.js';
import { ROLES } from './user-document.js';

const ROLE_DOCS = {
  enum: ROLES,
  enumName: 'Role',
  description:
    '`owner`, `developer` or `viewer` of a tenant; `platform_admin` or `platform_support` of the platform.',
};

/** The body of `POST /v1/users`. */
export class CreateUser {
  @EmailField()
  email!: string;

  @PersonNameField()
  name!: string;

  @ApiProperty(ROLE_DOCS)
  @IsIn(ROLES)
  role!: Role;

  @MayBeLeftOut()
  @NewPasswordField({ required: false })
  password?: string;
}

/** The body of `PATCH /v1/users/{id}`. */
export class ChangeUser {
  @MayBeLeftOut()
  @PersonNameField({ required: false })
  name?: string;

  @ApiPropertyOptional(ROLE_DOCS)
  @MayBeLeftOut()
  @IsIn(ROLES)
  role?: Role;
}
