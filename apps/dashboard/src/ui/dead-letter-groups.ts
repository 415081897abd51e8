import type { DeadLetterGroupDocument } from '@schoolbell/api-client';

/** Dead letters with the same cause, which can be retried or discarded together. */
export interface Group extends Omit<
  DeadLetterGroupDocument,
  'webhookId' | 'errorCode' | 'responseStatus'
> {
  key: string;
  webhookId: string;
  errorCode: string | null;
  /** Null where the cause is the same whatever the status, such as no answer in time. */
  responseStatus: number | null;
}

/** Codes of an answer that came, whose status tells the cause. */
const BY_STATUS = new Set(['http_status', 'redirect']);

/**
 * The API's groups, as they can be acted on. An operation that takes an error code without a status takes those with one
 * too, such as an answer that stopped half way: so they are one group, and its count is what an operation is about.
 */
export function groupsToActOn(documents: readonly DeadLetterGroupDocument[]): Group[] {
  const groups = new Map<string, Group>();
  for (const document of documents) {
    const group = toGroup(document);
    const same = groups.get(group.key);
    groups.set(group.key, same ? joined(same, group) : group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

function toGroup(document: DeadLetterGroupDocument): Group {
  const { webhookId = '', errorCode = null } = document;
  const status = document.responseStatus ?? null;
  const responseStatus = errorCode === null || BY_STATUS.has(errorCode) ? status : null;
  const key = [webhookId, errorCode, responseStatus].join(' ');
  return { ...document, key, webhookId, errorCode, responseStatus };
}

function joined(a: Group, b: Group): Group {
  const newest = a.last >= b.last ? a : b;
  return {
    ...newest,
    count: a.count + b.count,
    first: a.first < b.first ? a.first : b.first,
  };
}
