import { NewPasswordField, PersonNameField, TypedField } from '../accounts/account-fields.js';
import { MayBeLeftOut } from '../fields/optional.js';

/** The body of `PATCH /v1/me`. */
export class ChangeMe {
  @MayBeLeftOut()
  @PersonNameField()
  name?: string;
}

/** The body of `POST /v1/me/password`. */
export class ChangePassword {
  @TypedField({ example: 'correct horse battery staple' })
  current!: string;

  @NewPasswordField()
  password!: string;
}
