import type { EventData } from '../event-data.js';
import { isoDuration } from '../scorm/duration.js';

const FIELDS = ['totalTime', 'sessionTime'];

/** Writes SCORM 1.2's `HHHH:MM:SS.SS` as an ISO 8601 duration. */
export function durationsNormalised(data: EventData): EventData {
  let normalised = data;
  for (const field of FIELDS) {
    const value = data[field] as string | undefined;
    if (value === undefined) continue;
    const iso = isoDuration(value);
    if (iso !== value) normalised = { ...normalised, [field]: iso };
  }
  return normalised;
}
