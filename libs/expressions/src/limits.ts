/** An expression has at most this many characters. */
export const MAX_EXPRESSION_CHARACTERS = 16_384;

/** The document that an expression sees has at most this many characters of JSON. */
export const MAX_INPUT_CHARACTERS = 1_048_576;
