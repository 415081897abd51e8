import type { LaunchOrigin } from '@schoolbell/delivery';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { ApiError } from '../http/api-error.js';
import type { RateLimiter } from '../http/rate-limiter.js';
import type { LaunchDirectory } from './launch-directory.js';
import { hashOfLaunchToken } from './launch-token.js';
import { isSameHost } from './page-origin.js';

/** The launch whose token is in the request's URL. */
export interface LaunchOfRequest extends LaunchOrigin {
  tokenHash: Buffer;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on routes whose credential is the token of a launch. */
    launch: LaunchOfRequest | null;
  }
}

const FORM = 'application/x-www-form-urlencoded';
const FORM_REFUSED =
  'Set dataCommitFormat of the player to "json": parameters are not encoded and lose objectives and interactions.';

/**
 * Guards the routes whose credential is the token of a launch in the URL: finds the launch, counts by it, admits only
 * pages of its origin, and reads as JSON what a beacon can only send as text.
 */
export class CommitGate {
  constructor(
    private readonly launches: LaunchDirectory,
    private readonly limiter: RateLimiter,
    /** Where browsers reach this API, if that is known. */
    private readonly publicUrl: string | undefined,
  ) {}

  /** Call before the routes are added. */
  guard(fastify: FastifyInstance): void {
    fastify.decorateRequest('launch', null);
    fastify.addHook('onRoute', (route: RouteOptions) => {
      const access = route.config?.access;
      if (!access?.public || !access.byLaunchToken) return;
      route.onRequest = (request, reply) => this.admit(request, reply);
      route.onSend = (request, reply, payload, done) => {
        this.allowPage(request, reply);
        done(null, payload);
      };
    });
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const launch = await this.launchOf(request, reply);
    request.launch = launch;
    this.limiter.countLaunch(launch.tokenHash.toString('base64'), reply);
    this.requireOwnPage(request, launch);
    readAsJson(request);
  }

  /** @throws ApiError `launch_not_found`; `rate_limited` for an address that tries too many tokens */
  private async launchOf(request: FastifyRequest, reply: FastifyReply): Promise<LaunchOfRequest> {
    const tokenHash = hashOf(request);
    const launch =
      tokenHash && (this.launches.known(tokenHash) ?? (await this.find(tokenHash, request)));
    if (launch) return { ...launch, tokenHash };
    this.limiter.countAddress(request.ip, reply);
    throw launchNotFound();
  }

  /** A whole classroom shares one address, so only unknown tokens are counted by it. */
  private find(tokenHash: Buffer, request: FastifyRequest): Promise<LaunchOrigin | undefined> {
    this.limiter.refuseExhausted(request.ip);
    return this.launches.find(tokenHash);
  }

  /** A request without `Origin` does not come from a page. */
  private requireOwnPage({ headers }: FastifyRequest, { origin }: LaunchOrigin): void {
    const page = headers.origin;
    if (page === undefined || page === origin) return;
    if (origin === null && isSameHost(page, [headers.host, this.publicHost])) return;
    throw new ApiError('origin_not_allowed');
  }

  /** Also for a request that was refused before its launch was looked up, for example at shutdown. */
  private allowPage(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('Vary', 'Origin');
    const launch = request.launch ?? this.knownLaunchOf(request);
    if (!launch?.origin || request.headers.origin !== launch.origin) return;
    reply.headers({
      'Access-Control-Allow-Origin': launch.origin,
      'Access-Control-Allow-Credentials': 'true',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
  }

  private knownLaunchOf(request: FastifyRequest): LaunchOrigin | undefined {
    const tokenHash = hashOf(request);
    return tokenHash && this.launches.known(tokenHash);
  }

  private get publicHost(): string | undefined {
    return this.publicUrl === undefined ? undefined : new URL(this.publicUrl).host;
  }
}

/** 404 for a token that is unknown, or has ended. */
export function launchNotFound(): ApiError {
  return new ApiError('launch_not_found');
}

function hashOf(request: FastifyRequest): Buffer | undefined {
  return hashOfLaunchToken((request.params as { token: string }).token);
}

/** A beacon cannot declare JSON without a preflight, which it cannot make. */
function readAsJson({ headers }: FastifyRequest): void {
  const type = headers['content-type']?.split(';', 1)[0]!.trim().toLowerCase();
  if (type === FORM) throw new ApiError('unsupported_media_type', FORM_REFUSED);
  if (type === 'text/plain') headers['content-type'] = 'application/json';
}
