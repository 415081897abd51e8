import type { KnownData } from '../contract/known-data.js';

/** @returns `undefined` where nobody judged */
export function hasPassed({
  successStatus,
}: Pick<KnownData, 'successStatus'>): boolean | undefined {
  if (successStatus === 'passed') return true;
  return successStatus === 'failed' ? false : undefined;
}
