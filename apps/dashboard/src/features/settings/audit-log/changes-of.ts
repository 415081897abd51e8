import type { AuditEntryDocument } from '@schoolbell/api-client';

export interface FieldChange {
  field: string;
  /** As text; undefined where there was no value. */
  before: string | undefined;
  after: string | undefined;
}

/** The fields of an entry with both values. Equal values mean that a secret changed, which the log does not show. */
export function changesOf({
  before,
  after,
}: Pick<AuditEntryDocument, 'before' | 'after'>): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.toSorted().map((field) => ({
    field,
    before: textOf(before?.[field]),
    after: textOf(after?.[field]),
  }));
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return value.length === 0 ? undefined : value.join(', ');
  }
  return JSON.stringify(value, undefined, 1);
}
