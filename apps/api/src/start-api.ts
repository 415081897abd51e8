import type { ApiConfig } from '@schoolbell/config';
import { NestLogger, type Logger } from '@schoolbell/logging';
import { serveMetrics } from '@schoolbell/metrics';
import type { RunningService } from '@schoolbell/process';
import { createApi } from './create-api.js';
import { metricsOfApi } from './measuring/metrics-of-api.js';

/** Listens for requests. Stopping finishes those that have begun and takes no new ones. */
export async function startApi(config: ApiConfig, logger: Logger): Promise<RunningService> {
  const { host, port, metricsHost, metricsPort } = config;
  const app = await createApi(config, new NestLogger(logger));
  await app.listen(port, host);
  logger.info({ host, port }, 'listening');
  if (metricsPort !== undefined) {
    serveMetrics(metricsOfApi(app), { host: metricsHost, port: metricsPort }, logger);
  }
  return { stop: () => app.close() };
}
