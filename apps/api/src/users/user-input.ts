import type { Role } from '@schoolbell/identity';
import { EmailField, NewPasswordField, PersonNameField } from '../accounts/account-fields.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { ROLES } from './user-document.js';

const RoleField = (): PropertyDecorator =>
  OneOf(ROLES, {
    enumName: 'Role',
    description:
      '`owner`, `developer` or `viewer` of a tenant; `platform_admin` or `platform_support` of the platform.',
  });

/** The body of `POST /v1/users`. */
export class CreateUser {
  @EmailField()
  email!: string;

  @PersonNameField()
  name!: string;

  @RoleField()
  role!: Role;

  @MayBeLeftOut()
  @NewPasswordField()
  password?: string;
}

/** The body of `PATCH /v1/users/{id}`. */
export class ChangeUser {
  @MayBeLeftOut()
  @PersonNameField()
  name?: string;

  @MayBeLeftOut()
  @RoleField()
  role?: Role;
}
