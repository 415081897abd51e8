/** Interim answers (1xx) that a receiver may send before its answer. */
export const MAX_INTERIM_ANSWERS = 10;
/** Of all interim answers to one request together. Bytes. */
export const MAX_INTERIM_BYTES = 16 * 1024;
/**
 * Of one whole answer as it comes over the wire. An answer within the limits of its headers and its body needs less;
 * an endless status line or endless chunks need more. Bytes.
 */
export const MAX_ANSWER_BYTES = 256 * 1024;

type AnswerFault = 'ERR_INTERIM_FLOOD' | 'ERR_INTERIM_MALFORMED' | 'ERR_ANSWER_FLOOD';

/** A receiver sent what cannot become an answer: the connection ends here. */
export class AnswerError extends Error {
  constructor(readonly code: AnswerFault) {
    super('what the receiver sends cannot become an answer');
  }
}

/** An interim answer other than 101, which ends HTTP on the connection and is judged by undici. */
const INTERIM_START = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;
/** Fills up a beginning that is too short to be recognised. */
const SHORTEST_START = 'HTTP/1.1 103 ';
const END_OF_HEAD = '\r\n\r\n';
const BARE_LINE_BREAK = /\r(?!\n)|(?<!\r)\n/;
const NOTHING = Buffer.alloc(0);

/**
 * Takes interim answers out of what a receiver sends, before undici sees them: undici ends the connection at a
 * `100 Continue` that it did not ask for, and parses `103 Early Hints` for as long as they come.
 */
export class InterimFilter {
  private waiting = false;
  /** The beginning of what may become an interim answer. */
  private held = '';
  private interimAnswers = 0;
  private interimBytes = 0;
  private bytes = 0;

  /** Whether nothing has come since the request was begun. */
  get silent(): boolean {
    return this.bytes === 0;
  }

  /** A request is about to be written: what comes next is the answer to it. */
  begin(): void {
    this.waiting = true;
    this.held = '';
    this.interimAnswers = 0;
    this.interimBytes = 0;
    this.bytes = 0;
  }

  /**
   * @returns what belongs to the answer itself; nothing while only interim answers have come
   * @throws AnswerError when there is too much of either
   */
  pass(chunk: Buffer): Buffer {
    this.bytes += chunk.length;
    if (this.bytes > MAX_ANSWER_BYTES) throw new AnswerError('ERR_ANSWER_FLOOD');
    if (!this.waiting) return chunk;
    if (this.held === '' && beginsAnswer(chunk)) {
      this.waiting = false;
      return chunk;
    }
    return this.strip(this.held + chunk.toString('latin1'));
  }

  private strip(text: string): Buffer {
    let rest = this.withoutBlankLines(text);
    while (mayBeInterim(rest)) {
      const end = rest.indexOf(END_OF_HEAD);
      if (end === -1) {
        this.held = rest;
        this.assertWithinLimits(rest.length);
        return NOTHING;
      }
      this.count(rest.slice(0, end));
      rest = this.withoutBlankLines(rest.slice(end + END_OF_HEAD.length));
    }
    this.waiting = false;
    this.held = '';
    return Buffer.from(rest, 'latin1');
  }

  /** Parsers skip line breaks before an answer, and these could also be endless. */
  private withoutBlankLines(text: string): string {
    const rest = text.replace(/^[\r\n]+/, '');
    this.interimBytes += text.length - rest.length;
    return rest;
  }

  private count(head: string): void {
    if (BARE_LINE_BREAK.test(head)) throw new AnswerError('ERR_INTERIM_MALFORMED');
    this.interimAnswers++;
    this.interimBytes += head.length + END_OF_HEAD.length;
    this.assertWithinLimits(0);
  }

  private assertWithinLimits(held: number): void {
    if (this.interimAnswers > MAX_INTERIM_ANSWERS || this.interimBytes + held > MAX_INTERIM_BYTES) {
      throw new AnswerError('ERR_INTERIM_FLOOD');
    }
  }
}

const LETTER_H = 'H'.charCodeAt(0);
const DIGIT_ONE = '1'.charCodeAt(0);
/** Where the status begins in `HTTP/1.1 200 OK`. */
const STATUS_AT = 9;

/** The common case, recognised without decoding any text. What is not HTTP at all is left for undici to refuse. */
function beginsAnswer(chunk: Buffer): boolean {
  return chunk.length > STATUS_AT && chunk[0] === LETTER_H && chunk[STATUS_AT] !== DIGIT_ONE;
}

function mayBeInterim(text: string): boolean {
  return INTERIM_START.test(text + SHORTEST_START.slice(text.length));
}
