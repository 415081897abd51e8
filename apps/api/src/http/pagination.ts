import { MayBeLeftOut } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import { WholeInQuery } from '../fields/whole.js';
import { validationFailed } from './api-error.js';

const DEFAULT_PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 100;

/** The query of every list; lists with filters extend it. */
export class PageQuery {
  @MayBeLeftOut()
  @WholeInQuery({
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_PAGE_SIZE,
    description: 'Rows per page.',
    example: 25,
  })
  limit: number = DEFAULT_PAGE_SIZE;

  @MayBeLeftOut()
  @Text({
    maxLength: 64,
    description: '`nextCursor` of the previous page; leave it out for the newest rows.',
  })
  cursor?: string;
}

/** One page of a list, newest first. */
export interface Page<T> {
  data: T[];
  /** Leads to the next page; null on the last one. */
  nextCursor: string | null;
}

/**
 * Makes a page of rows that were read newest first, one more than the page holds: the surplus row shows that there is a
 * next page.
 *
 * Pages are cut at an id, not at an offset, so that new rows shift nothing.
 *
 * @param lookedTo UUID down to which rows were examined, if not all were: the next page begins there, however few rows
 * this one has
 */
export function toPage<R extends { id: string }, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
  lookedTo?: string,
): Page<T> {
  const shown = rows.slice(0, limit);
  const end = rows.length > limit ? shown.at(-1)?.id : lookedTo;
  return { data: shown.map(present), nextCursor: end === undefined ? null : encodeCursor(end) };
}

/** @param uuid of the last row of a page */
export function encodeCursor(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

/**
 * @returns the UUID below which the next page starts; `undefined` without a cursor
 * @throws ApiError `validation_failed` for a cursor that no list ever gave out
 */
export function decodeCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (hex.length !== 32 || encodeCursor(uuid) !== cursor) {
    throw validationFailed([{ path: 'cursor', message: 'is not a cursor of this list' }]);
  }
  return uuid;
}
