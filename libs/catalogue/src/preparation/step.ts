import type { DataFault, EventData } from '../event-data.js';

/**
 * One step from data that fits its schema to data as it is stored: a rule that JSON Schema cannot say, or a
 * mapping. Steps leave the data that they are given alone and return it unless they have something to change.
 */
export type PreparationStep = (
  data: EventData,
  faults: DataFault[],
  rules: MappingRules,
) => EventData;

/** What a tenant may decide about the mapping of SCORM 1.2. */
export interface MappingRules {
  /** `failed`: completed and failed, instead of incomplete and failed. Default false. */
  completionOnFailed?: boolean;
}
