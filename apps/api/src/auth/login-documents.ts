import { ApiProperty } from '@nestjs/swagger';
import { MayBeLeftOut } from '../fields/optional.js';
import { Text } from '../fields/text.js';

const LONGEST_EMAIL = 254;
/** Longer than any password: longer ones are simply wrong. */
const LONGEST_PASSWORD = 1024;
const LONGEST_CODE = 64;

/** The body of `POST /v1/auth/login`. */
export class Login {
  @Text({ maxLength: LONGEST_EMAIL, example: 'owner@acme-learning.example' })
  email!: string;

  @Text({ maxLength: LONGEST_PASSWORD, example: 'correct horse battery staple' })
  password!: string;

  @MayBeLeftOut()
  @Text({
    maxLength: LONGEST_CODE,
    description:
      'A code of the authenticator app, or a recovery code. Required if a second factor is set up.',
    example: '287082',
  })
  code?: string;
}

/** The answer to signing in and to each refresh. */
export class LoginDocument {
  @ApiProperty({ description: 'A JWT, for `Authorization: Bearer`. Keep it in memory only.' })
  accessToken!: string;

  @ApiProperty({ type: 'integer', description: 'Seconds.' })
  expiresIn!: number;
}

export const LOGIN_EXAMPLE: LoginDocument = {
  accessToken:
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c3JfMDFqY2Zwd3BnMGZneDlwNzlmZGE3NHI0MDEifQ.c2ln',
  expiresIn: 900,
};
