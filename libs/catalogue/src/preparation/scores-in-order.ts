import type { DataFault, EventData } from '../event-data.js';

/** scoreMin ≤ scoreRaw ≤ scoreMax, as far as they are given. */
export function scoresInOrder(data: EventData, faults: DataFault[]): EventData {
  const { scoreMin, scoreRaw, scoreMax } = data as Record<string, number | undefined>;
  if (isAbove(scoreMin, scoreMax)) fault(faults, 'scoreMin', 'must not be above scoreMax');
  if (isAbove(scoreMin, scoreRaw)) fault(faults, 'scoreRaw', 'must not be below scoreMin');
  if (isAbove(scoreRaw, scoreMax)) fault(faults, 'scoreRaw', 'must not be above scoreMax');
  return data;
}

function isAbove(low: number | undefined, high: number | undefined): boolean {
  return low !== undefined && high !== undefined && low > high;
}

function fault(faults: DataFault[], path: string, message: string): void {
  faults.push({ path, message });
}
