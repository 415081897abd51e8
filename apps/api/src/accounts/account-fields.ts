import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@schoolbell/identity';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, Length, MaxLength } from 'class-validator';

/** RFC 5321, section 4.5.3.1.3. */
const MAX_EMAIL_LENGTH = 254;
/** What `IsString` and an attacker's patience allow; the rule for new passwords is stricter. */
const MAX_TYPED_LENGTH = 1_024;

interface FieldOptions {
  required?: boolean;
}

/** An e-mail address by which somebody signs in; it is kept in lower case. */
export function EmailField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: 'string',
      format: 'email',
      maxLength: MAX_EMAIL_LENGTH,
      example: 'ada@northwind.example',
    }),
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsString(),
    MaxLength(MAX_EMAIL_LENGTH),
    IsEmail({}, { message: 'must be an e-mail address' }),
  );
}

/** What others call somebody. */
export function PersonNameField({ required = true }: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ required, minLength: 1, maxLength: 255, example: 'Ada Lovelace' }),
    IsString(),
    Length(1, 255),
  );
}

/** A password that is chosen; `faultOfPassword` says what else is wrong with it. */
export function NewPasswordField({ required = true }: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      required,
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
export function TypedField({
  required = true,
  ...docs
}: FieldOptions & { example: string; description?: string }): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ ...docs, required, minLength: 1, maxLength: MAX_TYPED_LENGTH }),
    IsString(),
    Length(1, MAX_TYPED_LENGTH),
  );
}
