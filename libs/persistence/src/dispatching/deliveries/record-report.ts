import type { AttemptRecord, RecordReport } from '@schoolbell/delivery';
import type { RecordRow } from './record.js';

/** What a statement that records attempts says about them; it wrote nothing of those that are `lost`. */
export function recordReport(
  row: Omit<RecordRow, 'sessions'> | undefined,
  attempts: readonly AttemptRecord[],
): RecordReport {
  const recorded = placesIn(row?.recorded);
  const setAside = placesIn(row?.set_aside);
  const idsWhere = (isSo: (place: number) => boolean): string[] =>
    attempts.filter((_, index) => isSo(index + 1)).map(({ claimed }) => claimed.id);
  return {
    paused: row?.paused ?? [],
    lost: idsWhere((place) => !recorded.has(place) && !setAside.has(place)),
    setAside: idsWhere((place) => setAside.has(place)),
    operationalEvents: row?.operational_events ?? false,
    fallbacksBegun: row?.fallbacks_begun?.split(',') ?? [],
  };
}

/** One report of attempts that were recorded part by part. */
export function joinedReports(reports: readonly RecordReport[]): RecordReport {
  return {
    paused: reports.flatMap(({ paused }) => paused),
    lost: reports.flatMap(({ lost }) => lost),
    setAside: reports.flatMap(({ setAside }) => setAside),
    operationalEvents: reports.some(({ operationalEvents }) => operationalEvents),
    fallbacksBegun: [...new Set(reports.flatMap(({ fallbacksBegun }) => fallbacksBegun))],
  };
}

/** @param ords joined by commas, counting from 1 */
function placesIn(ords: string | null | undefined): Set<number> {
  return new Set(ords?.split(',').map(Number));
}
