import type { SpanContext } from '@opentelemetry/api';

/** The ids of a span, in hex. */
export interface SpanIds {
  /** 32 digits. */
  traceId: string;
  /** 16 digits. */
  spanId: string;
}

const SAMPLED = 1;

/**
 * The ids of the span of an event's acceptance, or of an attempt: the UUID behind its id is the trace's id, and the
 * latter half of it, which is random, the span's. So whoever knows an id finds its trace, and nothing has to be stored.
 *
 * @param uuid with hyphens
 */
export function spanIdsOf(uuid: string): SpanIds {
  const traceId = uuid.replaceAll('-', '');
  return { traceId, spanId: traceId.slice(16) };
}

/** @param uuid of an event or an attempt */
export function traceIdOf(uuid: string): string {
  return spanIdsOf(uuid).traceId;
}

/** For links to the span of an event or an attempt. */
export function spanContextOf(uuid: string): SpanContext {
  return { ...spanIdsOf(uuid), traceFlags: SAMPLED, isRemote: true };
}

/** The header by which an attempt's request tells its receiver of its span. */
export function traceparentOf(attemptUuid: string): string {
  const { traceId, spanId } = spanIdsOf(attemptUuid);
  return `00-${traceId}-${spanId}-01`;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const NOTHING = /^0+$/;

/**
 * What a caller's `traceparent` says.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 * @returns undefined where it says nothing
 */
export function readTraceparent(header: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(header ?? '') ?? [];
  if (!traceId || NOTHING.test(traceId) || NOTHING.test(spanId!)) return undefined;
  return {
    traceId,
    spanId: spanId!,
    traceFlags: Number.parseInt(flags!, 16) & SAMPLED,
    isRemote: true,
  };
}
