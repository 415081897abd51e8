import { Matches } from 'class-validator';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Text, TextCheckedLater } from '../fields/text.js';

const PRINTABLE = /^[\x21-\x7e]*$/;
const ENCODINGS = ['hex', 'base64'] as const;

/** A signature header in place of the format's own, for receivers that expect another one. */
export class SignatureInput {
  @MayBeLeftOut()
  @TextCheckedLater({ maxLength: 128, example: 'X-Docebo-Signature' })
  header?: string;

  @MayBeLeftOut()
  @OneOf(ENCODINGS)
  encoding?: (typeof ENCODINGS)[number];

  @MayBeLeftOut()
  @Text({
    maxLength: 64,
    pattern: PRINTABLE.source,
    description: 'Text in front of the encoded signature.',
    example: 'sha256=',
  })
  @Matches(PRINTABLE, { message: 'must be printable ASCII without spaces' })
  prefix?: string;
}
