import type { SpanIds } from './span-ids.js';

/**
 * Where a tracer's generator of ids finds those that its next span is to have. It is in another bundle than whoever
 * starts the span, and OpenTelemetry has no way to say them.
 */
const PLACE = Symbol.for('schoolbell.ids_of_next_span');

const place = globalThis as { [PLACE]?: SpanIds | undefined };

/** The span that is started in `start` has these ids. */
export function withIds<T>(ids: SpanIds, start: () => T): T {
  place[PLACE] = ids;
  try {
    return start();
  } finally {
    place[PLACE] = undefined;
  }
}

/** @returns undefined when the next span may have any */
export function idsOfNextSpan(): SpanIds | undefined {
  return place[PLACE];
}
