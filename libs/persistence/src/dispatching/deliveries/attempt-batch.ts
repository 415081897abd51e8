import type { AttemptRecord, Verdict } from '@schoolbell/delivery';
import { separatedColumn, separatedText, storableText } from '../../database/separated-text.js';
import { columnList, sql } from '../../steps/statement.js';

type Value = string | number | boolean | null;

interface BatchColumn {
  name: string;
  type: string;
  value: (attempt: AttemptRecord) => Value;
}

/** What a batch carries of each attempt; each column is one parameter. */
const COLUMNS: readonly BatchColumn[] = [
  { name: 'delivery_id', type: 'uuid', value: ({ claimed }) => claimed.id },
  { name: 'lease_id', type: 'uuid', value: ({ claimed }) => claimed.leaseId },
  { name: 'webhook_id', type: 'uuid', value: ({ claimed }) => claimed.webhookId },
  { name: 'webhook_version', type: 'integer', value: ({ claimed }) => claimed.webhookVersion },
  { name: 'test', type: 'boolean', value: ({ claimed }) => claimed.test },
  { name: 'trigger', type: 'text', value: ({ claimed }) => claimed.trigger },
  { name: 'number', type: 'integer', value: ({ claimed }) => claimed.attemptNumber },
  { name: 'cycle_failures', type: 'integer', value: failuresAfter },
  { name: 'state', type: 'text', value: ({ verdict }) => stateAfter(verdict) },
  { name: 'delay', type: 'float8', value: ({ verdict }) => delayAfter(verdict) },
  { name: 'gone', type: 'boolean', value: ({ verdict }) => saysGone(verdict) },
  { name: 'ours', type: 'boolean', value: countsForNothing },
  { name: 'attempt_id', type: 'uuid', value: ({ attemptId }) => attemptId },
  { name: 'at', type: 'timestamptz', value: ({ at }) => at.toISOString() },
  { name: 'url', type: 'text', value: ({ url }) => url },
  { name: 'format', type: 'text', value: ({ format }) => format },
  { name: 'request_headers', type: 'text', value: (a) => JSON.stringify(a.requestHeaders) },
  { name: 'rendered_with', type: 'text', value: (a) => a.renderedWith },
  { name: 'response_status', type: 'integer', value: ({ response }) => response?.status ?? null },
  { name: 'response_headers', type: 'text', value: (a) => jsonOrNull(a.response?.headers) },
  { name: 'response_body', type: 'text', value: (a) => textOrNull(a.response?.body) },
  { name: 'truncated', type: 'boolean', value: ({ response }) => response?.truncated ?? false },
  { name: 'error_code', type: 'text', value: ({ error }) => error?.code ?? null },
  { name: 'error_message', type: 'text', value: ({ error }) => textOrNull(error?.message) },
  { name: 'dns_ms', type: 'integer', value: ({ timings }) => timings.dnsMs },
  { name: 'connect_ms', type: 'integer', value: ({ timings }) => timings.connectMs },
  { name: 'tls_ms', type: 'integer', value: ({ timings }) => timings.tlsMs },
  { name: 'first_byte_ms', type: 'integer', value: ({ timings }) => timings.firstByteMs },
  { name: 'total_ms', type: 'integer', value: ({ timings }) => timings.totalMs },
];

const NAMES = COLUMNS.map(({ name }) => name);

/** The columns of a batch's row `b`, for `RETURNING`; some of them by other SQL. */
export function batchColumns(instead: Readonly<Record<string, string>> = {}): string {
  return columnList(['ord', ...NAMES].map((name) => instead[name] ?? `b.${name}`));
}

/** The attempts as rows in the order of the list, `ord` counting from 1. */
export const ATTEMPT_BATCH = sql`
  SELECT * FROM unnest(
    ${COLUMNS.map(({ type }, index) => separatedColumn(index + 1, type)).join(',\n')}
  ) WITH ORDINALITY AS b (
    ${columnList([...NAMES, 'ord'])}
  )`;

export function batchParameters(attempts: readonly AttemptRecord[]): string[] {
  return COLUMNS.map(({ value }) => separatedText(attempts.map(value)));
}

/**
 * Writes attempts into the history. A response's empty body may have become NULL on the way in, because a list of one
 * empty text is an empty list; a response always has a body.
 *
 * @param recorded name of a step with the columns of a batch, and `tenant_id`
 */
export function insertAttempts(recorded: string): string {
  return sql`
  INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, rendered_with, response_status, response_headers, response_body, response_truncated,
    error_code, error_message, dns_ms, connect_ms, tls_ms, first_byte_ms, total_ms)
  SELECT attempt_id, tenant_id, delivery_id, webhook_id, number, trigger,
    CASE state WHEN 'delivered' THEN 'delivered' ELSE 'failed' END, at, url, format,
    request_headers, rendered_with, response_status, response_headers,
    CASE WHEN response_status IS NOT NULL THEN coalesce(response_body, '') END, truncated,
    error_code, error_message, dns_ms, connect_ms, tls_ms, first_byte_ms, total_ms
  FROM ${recorded}`;
}

/** What is left of an attempt when everything that came from outside is removed. */
export function withoutDetails(attempt: AttemptRecord): AttemptRecord {
  return {
    ...attempt,
    requestHeaders: {},
    renderedWith: null,
    response: null,
    timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 },
  };
}

function stateAfter(verdict: Verdict): 'delivered' | 'waiting' | 'dead' | 'split' {
  switch (verdict.kind) {
    case 'delivered':
      return 'delivered';
    case 'rescheduled':
      return 'waiting';
    case 'dead':
    case 'split':
      return verdict.kind;
  }
}

/** For the retry schedule. */
function failuresAfter({ claimed, error }: AttemptRecord): number {
  return claimed.cycleFailures + (error?.outsideSchedule ? 0 : 1);
}

/** Neither a failure of the receiver nor a success. */
function countsForNothing({ error, verdict }: AttemptRecord): boolean {
  return verdict.kind === 'split' || (error?.ours ?? false);
}

function delayAfter(verdict: Verdict): number | null {
  return verdict.kind === 'rescheduled' ? verdict.delaySeconds : null;
}

function saysGone(verdict: Verdict): boolean {
  return verdict.kind === 'dead' && verdict.webhookGone;
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text);
}
