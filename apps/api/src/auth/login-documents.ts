import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';

const LONGEST_EMAIL = 254;
/** Longer than any password: a wrong one is a wrong one, whatever its length. */
const LONGEST_PASSWORD = 1024;
const LONGEST_CODE = 64;

/** The body of `POST /v1/auth/login`. */
export class Login {
  @ApiProperty({ maxLength: LONGEST_EMAIL, example: 'owner@acme-learning.example' })
  @IsString()
  @MaxLength(LONGEST_EMAIL)
  email!: string;

  @ApiProperty({ maxLength: LONGEST_PASSWORD, example: 'correct horse battery staple' })
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password!: string;

  @ApiPropertyOptional({
    maxLength: LONGEST_CODE,
    description:
      'A code of the authenticator app, or a recovery code. Required if a second factor is set up.',
    example: '287082',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_CODE)
  code?: string;
}

/** What signing in gives, and each refresh anew. */
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
