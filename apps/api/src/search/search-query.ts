import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** More than the headers of a request have room for. */
const MAX_TEXT_LENGTH = 65_536;

/** The query of `GET /v1/search`. */
export class SearchQuery {
  @ApiProperty({
    minLength: 1,
    maxLength: MAX_TEXT_LENGTH,
    description:
      'An id, or a text that holds one: a URL, a `curl`, JSON, a line of a log. URL and headers together may have at most 16 KiB.',
    example: 'sess_abc123',
  })
  @IsString()
  @Length(1, MAX_TEXT_LENGTH)
  q!: string;
}
