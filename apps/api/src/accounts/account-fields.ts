import { ApiProperty } from '@nestjs/swagger';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@schoolbell/identity';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, MaxLength } from 'class-validator';
import { stacked } from '../fields/stacked.js';
import { Text } from '../fields/text.js';

/** RFC 5321, section 4.5.3.1.3. */
const MAX_EMAIL_LENGTH = 254;
/** Bounds what a wrong password may cost; the rule for new passwords is stricter. */
const MAX_TYPED_LENGTH = 1_024;

/** The e-mail address that a user signs in with, stored in lower case. */
export function EmailField(): PropertyDecorator {
  return stacked(
    IsEmail({}, { message: 'must be an e-mail address' }),
    Text({ format: 'email', maxLength: MAX_EMAIL_LENGTH, example: 'ada@northwind.example' }),
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value)),
  );
}

/** The name of a person, as others see it. */
export function PersonNameField(): PropertyDecorator {
  return Text({ minLength: 1, maxLength: 255, example: 'Ada Lovelace' });
}

/** A new password; `faultOfPassword` knows the further rules. */
export function NewPasswordField(): PropertyDecorator {
  return stacked(
    ApiProperty({
      minLength: MIN_PASSWORD_LENGTH,
      maxLength: MAX_PASSWORD_LENGTH,
      description: 'Not one of the common passwords; there are no rules about symbols.',
      example: 'copper lantern drifts west',
    }),
    IsString(),
    MaxLength(MAX_TYPED_LENGTH),
  );
}

/** A password or code, typed to prove who the user is. */
export function TypedField(docs: { example: string; description?: string }): PropertyDecorator {
  return Text({ ...docs, minLength: 1, maxLength: MAX_TYPED_LENGTH });
}
