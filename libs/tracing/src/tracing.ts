import {
  type Attributes,
  type Link,
  type ProxyTracerProvider,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { withIds } from './ids-of-next-span.js';
import { spanIdsOf } from './span-ids.js';

const NAME = 'schoolbell';

/** Something that is over, as it is told to whoever collects traces. */
export interface PastSpan {
  /** Of the event or the attempt: the span's ids come from it. */
  uuid: string;
  name: string;
  /** `consumer` took something in, `client` made a request. */
  kind: 'consumer' | 'client';
  /** Unix milliseconds. */
  startedAt: number;
  endedAt: number;
  attributes: Attributes;
  links: Link[];
  /** What went wrong, in a word. */
  error?: string | undefined;
}

const KINDS = { consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT };

/**
 * Tells of spans when they are over, so that the hot path carries nothing along: what is to be told is known anyway by
 * then.
 */
export class Tracing {
  private constructor(private readonly tracer: Tracer) {}

  /** @returns undefined in a process without an SDK of OpenTelemetry, where there is nobody to tell */
  static ofProcess(): Tracing | undefined {
    const provider = trace.getTracerProvider() as Partial<ProxyTracerProvider>;
    const tracer = provider.getDelegateTracer?.(NAME);
    return tracer && new Tracing(tracer);
  }

  tell({ uuid, name, kind, startedAt, endedAt, attributes, links, error }: PastSpan): void {
    const options = { root: true, kind: KINDS[kind], startTime: startedAt, attributes, links };
    const span = withIds(spanIdsOf(uuid), () => this.tracer.startSpan(name, options));
    if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
    span.end(endedAt);
  }
}
