import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { ConfigError, loadConfig } from '@schoolbell/config';
import { idsOfNextSpan } from '@schoolbell/tracing';

// Loaded by `node --import` before API or dispatcher: sends the spans of the process to a collector. Where it is, the
// exporter reads from OpenTelemetry's own variables.

/** Spans wait so long for others. A process that ends takes those that wait with it. */
const TELL_AFTER_MS = 1_000;

/** @returns undefined for settings with which no service starts, as it says itself */
function shareOfTraces(): number | undefined {
  try {
    return loadConfig().otelTracesSamplerArg;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function register(share: number): void {
  const random = new RandomIdGenerator();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'schoolbell' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    sampler: new TraceIdRatioBasedSampler(share),
    idGenerator: {
      generateTraceId: () => idsOfNextSpan()?.traceId ?? random.generateTraceId(),
      generateSpanId: () => idsOfNextSpan()?.spanId ?? random.generateSpanId(),
    },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter(),
        scheduledDelayMillis: TELL_AFTER_MS,
      }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
}

const share = shareOfTraces();
if (share !== undefined) register(share);
