import { MayBeLeftOut } from '../fields/optional.js';
import { EmailField, NewPasswordField, PersonNameField, TypedField } from './account-fields.js';

const TOKEN_EXAMPLE = '7Vb2uMkXq9TaFZ1nq3YcJ6hWpRdE8sLgKxAoUiBvCtN';

/** The body of `POST /v1/auth/invitations/accept`. */
export class AcceptInvitation {
  @TypedField({ example: TOKEN_EXAMPLE, description: 'The text after `#token=` in the link.' })
  token!: string;

  @NewPasswordField()
  password!: string;

  @PersonNameField()
  name!: string;
}

/** The body of `POST /v1/auth/password/forgot`. */
export class ForgotPassword {
  @EmailField()
  email!: string;
}

/** The body of `POST /v1/auth/password/reset`. */
export class ResetPassword {
  @TypedField({ example: TOKEN_EXAMPLE, description: 'The text after `#token=` in the link.' })
  token!: string;

  @NewPasswordField()
  password!: string;

  @MayBeLeftOut()
  @TypedField({
    example: '287082',
    description:
      'A code of the authenticator app, or a recovery code. Required if a second factor is set up.',
  })
  code?: string;
}
