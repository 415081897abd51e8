import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { OccasionalLog } from '@schoolbell/logging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './api-error.js';
import type { RouteIndex } from './route-index.js';
import { PROBLEM_CONTENT_TYPE, toApiError, toProblem } from './problem.js';

/** Additional fields of the errors on some paths. */
export type BesideProblem = (error: ApiError, url: string) => object;

/** The one place where errors become answers, whoever threw them: routes, hooks, Nest or Fastify itself. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Api');
  /** An outage refuses thousands of requests, all for the same reason. */
  private readonly outages = new OccasionalLog(this.logger);

  constructor(
    private readonly routes: RouteIndex,
    private readonly beside: BesideProblem,
    /** Called with every refusal before it is answered. */
    private readonly onRefused: (error: ApiError, request: FastifyRequest) => void,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = this.withAllowedMethods(toApiError(thrown), request);
    if (error.status >= 500) this.log(error, request);
    this.onRefused(error, request);
    if (reply.sent) return;
    // Fastify would close the connection while the client still sends, which would then see no answer.
    if (error.code === 'body_too_large') reply.removeHeader('connection');
    void reply
      .status(error.status)
      .headers({ 'X-Request-Id': request.id, ...error.headers })
      .type(PROBLEM_CONTENT_TYPE)
      .send({ ...toProblem(error, request.id), ...this.beside(error, request.url) });
  }

  private withAllowedMethods(error: ApiError, request: FastifyRequest): ApiError {
    if (error.code !== 'route_not_found') return error;
    const allowed = this.routes.methodsOf(request.url);
    // A route that has the method reports itself what is missing below it, such as a file.
    if (allowed.length === 0 || allowed.includes(request.method)) return error;
    return new ApiError('method_not_allowed', undefined, {
      headers: { Allow: allowed.join(', ') },
    });
  }

  private log(error: ApiError, request: FastifyRequest): void {
    const { cause } = error;
    const what = `${error.code}: ${request.method} ${request.routeOptions.url ?? ''} ${request.id}`;
    const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? '');
    if (error.code === 'service_unavailable') this.outages.warn(what, why);
    else this.logger.error(what, why);
  }
}
