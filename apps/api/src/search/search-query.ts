import { Text } from '../fields/text.js';

/** More than the headers of a request have room for. */
const MAX_TEXT_LENGTH = 65_536;

/** The query of `GET /v1/search`. */
export class SearchQuery {
  @Text({
    minLength: 1,
    maxLength: MAX_TEXT_LENGTH,
    description:
      'An id, or a text that holds one: a URL, a `curl`, JSON, a line of a log. URL and headers together may have at most 16 KiB.',
    example: 'sess_abc123',
  })
  q!: string;
}
