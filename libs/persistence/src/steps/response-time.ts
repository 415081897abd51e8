/** Each bucket is a tenth wider than the one before, so what is read from it is off by 5 % at most. */
const GROWTH = 1.1;

/** More than there are: the longest that 32 bits of milliseconds can be is in the bucket 225. */
export const BUCKETS = 256;

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

/**
 * @param attempts by bucket
 * @param total of all buckets
 * @returns null when nothing answered
 */
export function responseTimesOf(attempts: Float64Array, total: number): ResponseTimes | null {
  if (total === 0) return null;
  let [bucket, seen] = [0, attempts[0]!];
  /** Of growing shares. */
  const at = (share: number): number => {
    while (seen < share * total) seen += attempts[++bucket]!;
    return middleOf(bucket);
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function middleOf(bucket: number): number {
  return Math.round(GROWTH ** (bucket + 0.5));
}
