import type { INestApplicationContext } from '@nestjs/common';
import { Metrics, type Tally } from '@schoolbell/metrics';
import { showDatabase } from '@schoolbell/persistence';
import { QueueHealth, showQueue, WAKES } from '@schoolbell/queue';
import { DeliveryPipeline } from './claiming/delivery-pipeline.js';
import type { AttemptCounts } from './measuring/attempt-counts.js';
import type { DispatcherCounts } from './measuring/dispatcher-counts.js';
import { BATCH_PIPELINE, COUNTS, DATABASE, FALLBACK_PIPELINE } from './tokens.js';

/** All that a dispatcher shows to Prometheus. */
export function metricsOfDispatcher(app: INestApplicationContext): Metrics {
  const metrics = new Metrics('dispatcher');
  const counts = app.get<DispatcherCounts>(COUNTS);
  showAttempts(metrics, counts.attempts);
  showStatements(metrics, counts);
  showSlots(metrics, app);
  showChores(metrics, counts);
  showQueue(metrics, app.get(WAKES), app.get(QueueHealth));
  showDatabase(metrics, app.get(DATABASE));
  return metrics;
}

function showAttempts(metrics: Metrics, counts: AttemptCounts): void {
  metrics.counter(
    'attempts_total',
    'Attempts whose outcome is recorded, a batch being one; ours: the failure is on our side.',
    counts.attempts,
  );
  metrics.histogram(
    'accepted_to_first_byte_seconds',
    'From the acceptance of an event to the first byte of its first request, where the receiver answered. By the clocks of API and dispatcher.',
    [counts.firstByte],
  );
  metrics.counter(
    'dead_letters_total',
    'Deliveries that are dead, by the error of the last attempt; gone: the receiver answered 410.',
    counts.deadLetters,
  );
  metrics.counter(
    'deliveries_discarded_total',
    'Deliveries that their webhook turned away, by why.',
    counts.discarded,
  );
  metrics.counter(
    'webhooks_paused_total',
    'Webhooks that Schoolbell has paused, by why.',
    counts.paused,
  );
  metrics.counter(
    'leases_taken_over_total',
    'Deliveries taken over from a dispatcher that died or stood still.',
    counts.takenOver,
  );
  metrics.counter(
    'leases_lost_total',
    'Outcomes that were not written, because another dispatcher had taken the delivery over.',
    counts.leasesLost,
  );
}

function showStatements(metrics: Metrics, { pipelines }: DispatcherCounts): void {
  const all = Object.values(pipelines);
  const failures: Pick<Tally, 'labels' | 'readings'> = {
    labels: all[0]!.failures.labels,
    readings: () => all.flatMap((each) => each.failures.readings()),
  };
  metrics.histogram(
    'claim_seconds',
    'How long claims took.',
    all.map((each) => each.claimSeconds),
  );
  metrics.histogram(
    'claim_deliveries',
    'What one claim brought.',
    all.map((each) => each.claimRows),
  );
  metrics.histogram(
    'record_seconds',
    'How long it took to record attempts.',
    all.map((each) => each.recordSeconds),
  );
  metrics.histogram(
    'record_attempts',
    'Attempts that were recorded together.',
    all.map((each) => each.recordRows),
  );
  metrics.counter('statement_failures_total', 'Claims and records that failed.', failures);
}

function showSlots(metrics: Metrics, app: INestApplicationContext): void {
  const pipelines = {
    deliveries: app.get(DeliveryPipeline),
    batches: app.get<DeliveryPipeline>(BATCH_PIPELINE),
    fallbacks: app.get<DeliveryPipeline>(FALLBACK_PIPELINE),
  };
  const show = (name: string, help: string, of: 'taken' | 'total'): void =>
    metrics.gauge(name, help, ['pipeline'], () =>
      Object.entries(pipelines).map(([pipeline, { slots }]) => ({
        labels: { pipeline },
        value: slots[of],
      })),
    );
  show(
    'in_flight',
    'What this dispatcher has claimed and not yet recorded, tests included.',
    'taken',
  );
  show('slots', 'What this dispatcher has in flight at most, besides tests.', 'total');
}

function showChores(metrics: Metrics, counts: DispatcherCounts): void {
  metrics.counter(
    'wakes_received_total',
    'Wakes that reached this dispatcher, each webhook of a wake counted.',
    counts.wakesReceived,
  );
  metrics.counter(
    'sweep_found_webhooks_total',
    'Webhooks with something due that a sweep found; slot="free": it could have been claimed at once, so no wake had come.',
    counts.swept,
  );
  metrics.counter('operations_total', 'Operations that ended here.', counts.operations);
  metrics.counter('mails_total', 'Attempts at e-mails, by what came of them.', counts.mails);
}
