import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ERROR_CODES } from '../http/error-codes.js';

export class FieldErrorDocument {
  @ApiProperty({ description: 'The field; empty for the body as a whole.', example: 'url' })
  path!: string;

  @ApiProperty({ example: 'must be an https URL' })
  message!: string;
}

/** RFC 9457 `application/problem+json`, as OpenAPI shows it. */
export class ProblemDocument {
  @ApiProperty({ format: 'uri-reference', example: '/docs/errors#validation_failed' })
  type!: string;

  @ApiProperty({ example: 'The request breaks a rule' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 422 })
  status!: number;

  @ApiProperty({ example: 'url: must be an https URL' })
  detail!: string;

  @ApiProperty({ enum: Object.keys(ERROR_CODES), enumName: 'ErrorCode', description: 'Stable.' })
  code!: string;

  @ApiPropertyOptional({ type: [FieldErrorDocument] })
  errors?: FieldErrorDocument[];

  @ApiProperty({ description: 'As in the header `X-Request-Id`.', example: 'req_0193' })
  requestId!: string;
}
