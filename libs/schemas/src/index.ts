export { joinPath, schemaErrors } from './checker/schema-errors.js';
export type { Fault } from './fault.js';
export { MAX_SCHEMA_BYTES, MAX_SCHEMA_DEPTH } from './limits.js';
export type { CheckFault, SchemaCheck } from './schema-check.js';
export { schemaFaults } from './schema-faults.js';
export { SchemaPool } from './schema-pool.js';
