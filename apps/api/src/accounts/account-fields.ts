import { ApiProperty } from '@nestjs/swagger';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@schoolbell/identity';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, MaxLength } from 'class-validator';
import { stacked } from '../fields/stacked.js';
import { Text } from '../fields/text.js';

/** RFC 5321, section 4.5.3.1.3. */
const MAX_EMAIL_LENGTH = 254;
/** What `IsString` and an attacker's patience allow; the rule for new passwords is stricter. */
const MAX_TYPED_LENGTH = 1_024;

/** An e-mail address by which somebody signs in; it is kept in lower case. */
export function EmailField(): PropertyDecorator {
  return stacked(
    IsEmail({}, { message: 'must be an e-mail address' }),
    Text({ format: 'email', maxLength: MAX_EMAIL_LENGTH, example: 'ada@northwind.example' }),
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value)),
  );
}

/** What others call somebody. */
export function PersonNameField(): PropertyDecorator {
  return Text({ minLength: 1, maxLength: 255, example: 'Ada Lovelace' });
}

/** A password that is chosen; `faultOfPassword` says what else is wrong with it. */
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

/** Something that somebody types to prove who it is. */
export function TypedField(docs: { example: string; description?: string }): PropertyDecorator {
  return Text({ ...docs, minLength: 1, maxLength: MAX_TYPED_LENGTH });
}
