export { idsOfNextSpan } from './ids-of-next-span.js';
export { readTraceparent, spanContextOf, spanIdsOf, traceIdOf, traceparentOf } from './span-ids.js';
export { type PastSpan, Tracing } from './tracing.js';
