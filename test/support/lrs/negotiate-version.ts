import { Refusal } from './refusal.js';

/** The newest patch of each version, as answers name it. */
export type LrsVersion = '1.0.3' | '2.0.0';

/**
 * The version that a request is read by. Every 1.0.x is served as 1.0.3 and every 2.0.x as 2.0.0
 * (xAPI 1.0.3, Communication 3.3; IEEE 9274.1.1, 4.1.5).
 *
 * @throws Refusal 400 when the header is missing or names a version that this LRS does not know
 */
export function negotiateVersion(
  header: string | undefined,
  known: readonly LrsVersion[],
): LrsVersion {
  const asked = known.find((version) => patchesOf(version).test(header ?? ''));
  if (asked) return asked;
  throw new Refusal(400, `X-Experience-API-Version has to be ${known.join(' or ')}, not ${header}`);
}

const patchesOf = (version: LrsVersion) => (version === '1.0.3' ? /^1\.0(\.\d+)?$/ : /^2\.0\.\d+$/);
