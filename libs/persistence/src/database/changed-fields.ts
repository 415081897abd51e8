import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '../generated/client.js';

/** What JSON can hold. */
export type Json = Prisma.InputJsonValue | null;

/** A field of a resource as the audit log tells of it. */
export interface AuditedField {
  /** Tells whether the field changed. It may be secret: it is compared, and never stored. */
  value: unknown;
  /** What is stored of it. */
  shown: Json;
}

/** All that the audit log tells of a resource; a field that is not among these is never stored. */
export type AuditedFields = Readonly<Record<string, AuditedField>>;

/** What both sides of an entry show. */
interface ChangedFields {
  before: Prisma.InputJsonObject;
  after: Prisma.InputJsonObject;
}

/** JSON of a field that is longer than this is not stored, so that pages of the audit log stay small. Characters. */
const MOST_SHOWN = 32_768;

/** A field without secrets, as it is, or how long it is. */
export function plain(value: Json): AuditedField {
  const { length } = JSON.stringify(value);
  return { value, shown: length > MOST_SHOWN ? { omitted: `${length} characters` } : value };
}

/** Of a resource that was created or deleted: all of its fields. */
export function shownFields(fields: AuditedFields): Prisma.InputJsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, { shown }]) => [name, shown]));
}

/**
 * The fields that a change changed, also one of which both sides show the same, such as a password.
 *
 * @returns `undefined` when nothing changed
 */
export function changedFields(
  before: AuditedFields,
  after: AuditedFields,
): ChangedFields | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter(
    (name) => !isDeepStrictEqual(before[name]?.value, after[name]?.value),
  );
  if (changed.length === 0) return undefined;
  const side = (fields: AuditedFields): Prisma.InputJsonObject =>
    Object.fromEntries(changed.map((name) => [name, fields[name]?.shown ?? null]));
  return { before: side(before), after: side(after) };
}
