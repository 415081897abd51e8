/** Each bucket is a tenth wider than the one before, so what is read from it is off by 5 % at most. */
const GROWTH = 1.1;

/** The bucket of an attempt `a`; -1 when nothing answered. */
export const BUCKET_OF_ATTEMPT = `
  CASE WHEN a.response_status IS NULL THEN -1
       ELSE floor(ln(greatest(a.total_ms, 1)) / ln(${GROWTH}))::integer END`;

/** The hour in UTC in which an attempt `a` ended, by its id. */
export const HOUR_OF_ATTEMPT = `
  to_timestamp(('x' || left(replace(a.id::text, '-', ''), 12))::bit(48)::bigint / 3600000 * 3600)`;

/** Percentiles in whole milliseconds. */
export interface ResponseTimes {
  p50: number;
  p95: number;
  p99: number;
}

/** @param counts attempts by bucket, in any order; null when nothing answered */
export function responseTimesOf(
  counts: readonly { bucket: number; attempts: number }[],
): ResponseTimes | null {
  const answered = counts
    .filter(({ bucket }) => bucket >= 0)
    .toSorted((one, other) => one.bucket - other.bucket);
  const total = answered.reduce((sum, { attempts }) => sum + attempts, 0);
  if (total === 0) return null;
  const at = (share: number): number => {
    let seen = 0;
    const found = answered.find(({ attempts }) => (seen += attempts) >= share * total);
    return middleOf(found!.bucket);
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function middleOf(bucket: number): number {
  return Math.round(GROWTH ** (bucket + 0.5));
}
