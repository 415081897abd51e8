import type { Loss } from '@schoolbell/sandbox';
import type { Fault } from './fault.js';

/** What goes to a checker. */
export interface CheckRequest {
  /** JSON text. */
  schema: string;
  /** JSON text. */
  data: string;
  /** How long compiling may take, and then the check itself, in milliseconds. */
  compileMs: number;
  checkMs: number;
}

/**
 * What comes of a check.
 *
 * - `data`: the data breaks the schema;
 * - `schema`: the schema cannot be compiled;
 * - `deadline`, `memory`: this schema takes too long, or too much memory, on this data;
 * - `unavailable`: nobody checked it in time. This says nothing about schema or data: try again.
 */
export type SchemaCheck = { ok: true } | { ok: false; fault: CheckFault; errors: Fault[] };

export type CheckFault = 'data' | 'schema' | Loss;

export function refused(fault: CheckFault, errors: Fault[]): SchemaCheck & { ok: false } {
  return { ok: false, fault, errors };
}
