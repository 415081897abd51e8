import type { SelectDeadLetters } from '@schoolbell/api-client';
import type { Group } from '../../ui/dead-letter-groups.ts';
import type { ErrorCode } from '../../ui/error-words.ts';

/** The page's filters, as its address has them. */
export interface Filters {
  webhookId?: string;
  errorCode?: string;
  responseStatus?: string;
  type?: string;
  from?: string;
  to?: string;
}

/** What `POST /v1/dead-letters/retry` takes for a group; undefined where the API cannot choose exactly these. */
export function selectionOf(
  group: Group,
  { type, from, to }: Filters,
): SelectDeadLetters | undefined {
  if (group.errorCode === null) return undefined;
  return {
    webhookId: group.webhookId,
    errorCode: group.errorCode as ErrorCode,
    ...(group.responseStatus !== null && { responseStatus: group.responseStatus }),
    ...(type !== undefined && { type }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}
