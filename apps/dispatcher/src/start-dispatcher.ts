import { NestFactory } from '@nestjs/core';
import type { ServiceConfig } from '@schoolbell/config';
import { NestLogger, type Logger } from '@schoolbell/logging';
import { serveMetrics } from '@schoolbell/metrics';
import { WakeSignalListener } from '@schoolbell/persistence';
import type { RunningService } from '@schoolbell/process';
import { DispatcherModule } from './dispatcher.module.js';
import { Maintenance } from './maintenance/maintenance.js';
import { metricsOfDispatcher } from './metrics-of-dispatcher.js';
import { stopDispatcher } from './stop-dispatcher.js';

/** Takes wakes, sweeps and does maintenance. */
export async function startDispatcher(
  config: ServiceConfig,
  logger: Logger,
): Promise<RunningService> {
  const app = await NestFactory.createApplicationContext(DispatcherModule.forRoot(config, logger), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.get(Maintenance).start();
  app.get(WakeSignalListener).start();
  logger.info('dispatching');
  const { metricsHost: host, metricsPort: port } = config;
  if (port !== undefined) serveMetrics(metricsOfDispatcher(app), { host, port }, logger);
  return { stop: (withinMs) => stopDispatcher(app, withinMs) };
}
