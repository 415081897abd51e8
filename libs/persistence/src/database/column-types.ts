import { types, type CustomTypesConfig } from 'pg';

const INT8 = 20;

/**
 * How the hand-written statements' columns arrive in JavaScript: `timestamptz` as `Date`, as `pg` has it,
 * and `bigint` (every `count(*)`) as a number rather than as text.
 */
export const columnTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? parseBigint
      : types.getTypeParser(oid, format as 'text')) as CustomTypesConfig['getTypeParser'],
};

function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`The bigint ${text} does not fit a JavaScript number: select it as text.`);
  }
  return value;
}
