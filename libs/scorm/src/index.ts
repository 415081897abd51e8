export type { AttemptState, ScoState } from './attempt-state.js';
export type { CmiCommit } from './cmi-commit.js';
export { DEFAULT_SCORM_RULES, type ScormRules } from './scorm-rules.js';
export type { SessionFact } from './session-fact.js';
