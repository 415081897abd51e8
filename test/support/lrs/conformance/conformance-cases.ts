import { ACTOR_CASES } from './actor-cases.js';
import { CONTEXT_CASES } from './context-cases.js';
import { OBJECT_CASES } from './object-cases.js';
import { RESULT_CASES } from './result-cases.js';
import { STATEMENT_CASES } from './statement-cases.js';
import { TIMESTAMP_CASES } from './timestamp-cases.js';
import { VERB_CASES } from './verb-cases.js';
import { VERSION_CASES } from './version-cases.js';
import type { ConformanceCase } from './conformance-case.js';

/**
 * What ADL's conformance suite (adlnet/lrs-conformance-test-suite, v1_0_3 and v2_0) requires of an LRS for the
 * statements that a runtime may send, in our own words.
 */
export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  ...ACTOR_CASES,
  ...CONTEXT_CASES,
  ...OBJECT_CASES,
  ...RESULT_CASES,
  ...STATEMENT_CASES,
  ...TIMESTAMP_CASES,
  ...VERB_CASES,
  ...VERSION_CASES,
];
