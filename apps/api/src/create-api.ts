import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditLogRepository, ChangeTeller } from '@schoolbell/persistence';
import { AppModule } from './app.module.js';
import { recordLookHook } from './audit-log/record-look-hook.js';
import { loadCookies } from './auth/auth-cookies.js';
import { authHook } from './auth/auth-hook.js';
import { Authenticator } from './auth/authenticator.js';
import { requireAccessOfEveryRoute } from './auth/route-access.js';
import { TenantDirectory } from './auth/tenant-directory.js';
import { tellChangesHook } from './changes/tell-changes-hook.js';
import type { ApiSettings } from './config/api-settings.js';
import { serveDashboard } from './dashboard/serve-dashboard.js';
import { describeApi, serveDocs } from './docs/openapi.js';
import { RejectionLog } from './event-rejections/rejection-log.js';
import { fastifyServer } from './http/fastify-server.js';
import { acceptJsonBodiesOnly } from './http/json-body.js';
import { type BesideProblem, ProblemFilter } from './http/problem-filter.js';
import { RateLimiter } from './http/rate-limiter.js';
import { requestHygiene } from './http/request-hygiene.js';
import { RouteIndex } from './http/route-index.js';
import { securityHeaders } from './http/security-headers.js';
import { watchShutdown } from './http/shutdown.js';
import { errorObjectOfScormApi } from './scorm-api/error-object.js';
import { CommitGate } from './scorm/commit-gate.js';
import { ResponseCounts } from './measuring/response-counts.js';
import { scormErrorOfCommits } from './scorm/scorm-error.js';

/** The API, ready to listen. Closing it lets running requests finish and refuses new ones with 503. */
export async function createApi(
  settings: ApiSettings,
  logger: LoggerService | false,
): Promise<NestFastifyApplication> {
  const routes = new RouteIndex();
  let rejections: RejectionLog | undefined;
  const problems = new ProblemFilter(routes, besideProblem, (...refused) =>
    rejections?.note(...refused),
  );
  const server = fastifyServer(settings.trustedProxies ?? [], (...refused) =>
    problems.answer(...refused),
  );
  const fastify = server.getInstance();
  routes.watch(fastify);
  requireAccessOfEveryRoute(fastify);
  acceptJsonBodiesOnly(fastify);
  loadCookies(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(settings),
    server,
    { bodyParser: false, logger, abortOnError: false },
  );
  rejections = app.get(RejectionLog);
  fastify.addHook('onRequest', requestHygiene(watchShutdown(fastify)));
  fastify.addHook('onRequest', securityHeaders());
  serveDashboard(fastify, routes);
  fastify.addHook(
    'onRequest',
    authHook({
      authenticator: app.get(Authenticator),
      tenants: app.get(TenantDirectory),
      limiter: app.get(RateLimiter),
    }),
  );
  fastify.addHook('preHandler', recordLookHook(app.get(AuditLogRepository)));
  fastify.addHook('onResponse', app.get(ResponseCounts).hook());
  fastify.addHook('onResponse', tellChangesHook(app.get(ChangeTeller)));
  app.get(CommitGate).guard(fastify);
  app.useGlobalFilters(problems);
  serveDocs(app, () => describeApi(app));
  await app.init();
  return app;
}

/** Additional fields of errors on some paths, for callers that do not know problem+json. */
const besideProblem: BesideProblem = (...refused) => ({
  ...errorObjectOfScormApi(...refused),
  ...scormErrorOfCommits(...refused),
});
