import type { INestApplicationContext } from '@nestjs/common';
import { Metrics } from '@schoolbell/metrics';
import { showDatabase } from '@schoolbell/persistence';
import { QueueHealth, showQueue, WAKES } from '@schoolbell/queue';
import { DATABASE } from '../persistence/persistence.module.js';
import { IntakeCounts } from './intake-counts.js';
import { ResponseCounts } from './response-counts.js';

/** All that an API shows to Prometheus. */
export function metricsOfApi(app: INestApplicationContext): Metrics {
  const metrics = new Metrics('api');
  showIntake(metrics, app.get(IntakeCounts));
  metrics.histogram(
    'http_response_seconds',
    'Answers of the API: until the last byte was handed over, by operation and class of status.',
    app.get(ResponseCounts).seconds,
  );
  showQueue(metrics, app.get(WAKES), app.get(QueueHealth));
  showDatabase(metrics, app.get(DATABASE));
  return metrics;
}

function showIntake(metrics: Metrics, counts: IntakeCounts): void {
  metrics.counter(
    'events_accepted_total',
    'Events, commits and launches that were stored and answered with a promise, by lane; without duplicates.',
    counts.accepted,
  );
  metrics.counter(
    'events_duplicate_total',
    'Posts whose idempotency key was known: nothing new was stored.',
    counts.duplicates,
  );
  metrics.counter(
    'events_refused_total',
    'Posts that were refused when they were to be stored, by why.',
    counts.refused,
  );
  metrics.counter(
    'deliveries_created_total',
    'Deliveries that accepted events made.',
    counts.deliveries,
  );
  metrics.histogram(
    'intake_flush_events',
    'Events that were stored by one statement, by lane.',
    counts.rows,
  );
  metrics.histogram(
    'intake_flush_seconds',
    'How long the statements took that store events, by lane.',
    counts.seconds,
  );
  metrics.counter(
    'intake_failures_total',
    'Statements that were to store events and failed, by lane.',
    counts.failures,
  );
}
