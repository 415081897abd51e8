import { statement as checkFirstVersion } from '@learninglocker/xapi-validation/dist/factory.js';
import type { LrsVersion } from './negotiate-version.js';
import { partsOf } from './parts-of-statement.js';
import { splitSecondVersion } from './second-version.js';
import { STATEMENT_RULES } from './statement-rules.js';
import type { Context, Statement } from './statement.js';

/** What is wrong with a statement by the specification; empty if it has to be stored. */
export function statementFaults(received: unknown, version: LrsVersion): string[] {
  const { known, faults } =
    version === '1.0.3' ? { known: received, faults: [] } : splitSecondVersion(received);
  const warnings = checkFirstVersion(withArrays(known), ['statement']);
  const wrong = warnings.map(({ name, path }) => `${path.join('.')}: ${name}`);
  if (wrong.length > 0 || faults.length > 0) return [...wrong, ...faults];
  return brokenRules(received as Statement, version);
}

function brokenRules(statement: Statement, version: LrsVersion): string[] {
  const parts = partsOf(statement);
  return Object.entries(STATEMENT_RULES).flatMap(([rule, broken]) =>
    broken(parts, statement, version).map((value) => `not ${rule}: ${JSON.stringify(value)}`),
  );
}

/** A single activity stands for an array of it (xAPI 1.0.3, Data 2.4.6.2), which the library does not know. */
function withArrays(statement: unknown): unknown {
  const activities = (statement as { context?: Context } | null)?.context?.contextActivities;
  if (typeof activities !== 'object' || activities === null) return statement;
  const arrays = Object.entries(activities).map(([key, value]) => [key, [value].flat()]);
  const { context } = statement as Statement;
  return {
    ...(statement as Statement),
    context: { ...context, contextActivities: Object.fromEntries(arrays) },
  };
}
