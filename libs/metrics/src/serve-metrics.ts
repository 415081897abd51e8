import type { Logger } from '@schoolbell/logging';
import type { Metrics } from './metrics.js';
import { MetricsServer } from './metrics-server.js';

/** Shows metrics from now on, with those of the process, and says in the log where. */
export function serveMetrics(
  metrics: Metrics,
  { host, port }: { host: string; port: number },
  logger: Logger,
): MetricsServer {
  metrics.addProcess();
  const server = new MetricsServer(metrics, {
    host,
    port,
    onListening: () => logger.info({ host, port }, 'metrics.listening'),
    onTrouble: (err) => logger.error({ err, host, port }, 'metrics.not_listening'),
  });
  server.start();
  return server;
}
