/**
 * `CMIDecimal` of SCORM 1.2 (RTE 3.4) and `real(10,7)` of SCORM 2004 (RTE 4.1.1): a sign only before a negative number,
 * no exponent, no blanks. `.5` and `5.` are what SCORM 1.2 courses write; scorm-again 3.4.3 lets both pass. How many
 * digits are significant is a minimum that players must keep, no limit.
 */
const REAL = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** A double has 17 significant digits at most; leading zeros and a longer fraction are let pass to here. */
const MAX_LENGTH = 40;

/** Whole digits beyond it are lost in JSON; the catalogue refuses them. */
const MAX = Number.MAX_SAFE_INTEGER;

/**
 * A number of the data model: a text in SCORM's grammar, or a number of JSON.
 *
 * @returns `undefined` for anything that is not a number, and for a number out of range
 */
export function realNumber(value: unknown, min = -MAX, max = MAX): number | undefined {
  const number = typeof value === 'string' ? numberOfText(value) : value;
  if (typeof number !== 'number' || !(number >= min && number <= max)) return undefined;
  // JSON has no -0: it would come back from the store as another state.
  return number + 0;
}

function numberOfText(text: string): number | undefined {
  return text.length <= MAX_LENGTH && REAL.test(text) ? Number(text) : undefined;
}
