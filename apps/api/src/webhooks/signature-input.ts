import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';

const PRINTABLE = /^[\x21-\x7e]*$/;
const ENCODINGS = ['hex', 'base64'] as const;

/** A signature header in place of the format's own, for receivers that look for another one. */
export class SignatureInput {
  @ApiPropertyOptional({ maxLength: 128, example: 'X-Docebo-Signature' })
  @MayBeLeftOut()
  @IsString()
  header?: string;

  @ApiPropertyOptional({ enum: ENCODINGS })
  @MayBeLeftOut()
  @IsIn(ENCODINGS)
  encoding?: (typeof ENCODINGS)[number];

  @ApiPropertyOptional({
    maxLength: 64,
    pattern: PRINTABLE.source,
    description: 'Text in front of the encoded signature.',
    example: 'sha256=',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(64)
  @Matches(PRINTABLE, { message: 'must be printable ASCII without spaces' })
  prefix?: string;
}
