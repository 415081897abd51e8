export { Distribution, ROWS, STATEMENT_SECONDS } from './distribution.js';
export { Latest } from './latest.js';
export { Metrics } from './metrics.js';
export { MetricsServer } from './metrics-server.js';
export { serveMetrics } from './serve-metrics.js';
export { Tally, type Reading } from './tally.js';
