import type { DataClass } from './data-class.js';
import type { DataFault, EventData, PreparedData } from './event-data.js';
import type { MappingRules, PreparationStep } from './preparation/step.js';
import { subjectOf } from './preparation/subject-of.js';
import { schemaOfClass, type JsonSchema } from './schema-of-class.js';

/** One kind of event: what it means, what its data may be, and how that is checked. */
export interface EventType {
  /** Lower case, dotted: `session.completed`. */
  readonly name: string;
  readonly description: string;
  /** Runtime services may post only what `runtime` emits; Schoolbell emits the rest itself. */
  readonly emittedBy: 'runtime' | 'schoolbell';
  readonly dataClass: DataClass;
  /** The JSON Schema of `dataClass`, self-contained. */
  readonly schema: JsonSchema;
  /** Passes the class, the schema and `prepare`; what a test of a webhook sends. */
  readonly example: EventData;
  /**
   * Takes data that fits `schema` and checks the rules that a schema cannot say, maps SCORM 1.2 to 2004 and
   * lifts out the runtime's ids. Cheap, for it runs for every event; leaves the data that it is given alone.
   */
  prepare(data: EventData, rules?: MappingRules): PreparedData;
}

interface EventTypeDefinition {
  name: string;
  description: string;
  emittedBy?: EventType['emittedBy'];
  dataClass: DataClass;
  example: EventData;
  /** In this order. */
  steps?: readonly PreparationStep[];
}

export function defineEventType(definition: EventTypeDefinition): EventType {
  const { steps = [], emittedBy = 'runtime', ...rest } = definition;
  let schema: JsonSchema | undefined;
  return {
    ...rest,
    emittedBy,
    // A dispatcher never asks for it.
    get schema() {
      return (schema ??= schemaOfClass(rest.dataClass));
    },
    prepare: (data, rules = {}) => prepare(data, steps, rules),
  };
}

function prepare(
  given: EventData,
  steps: readonly PreparationStep[],
  rules: MappingRules,
): PreparedData {
  const errors: DataFault[] = [];
  let data = given;
  for (const step of steps) data = step(data, errors, rules);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, data, subject: subjectOf(data) };
}
