/** Serialization failure and deadlock: the statement was undone, and succeeds when it is run again. */
const COLLISIONS = new Set(['40001', '40P01']);

/**
 * Class 22 (a value that its column cannot hold) and 23 (a broken constraint): one row is at fault, and no
 * repetition helps it.
 */
const FAULTY_ROW = /^2[23]...$/;

export function isCollision(error: unknown): boolean {
  return COLLISIONS.has(codeOf(error));
}

export function isFaultyRow(error: unknown): boolean {
  return FAULTY_ROW.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
