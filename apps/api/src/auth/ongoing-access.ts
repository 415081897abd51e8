import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.js';
import type { Authenticator } from './authenticator.js';
import { authorize } from './authorize.js';
import type { TenantDirectory } from './tenant-directory.js';

/** Says whether a request that is still being answered, such as a stream, may go on. */
export class OngoingAccess {
  constructor(
    private readonly authenticator: Pick<Authenticator, 'authenticate'>,
    private readonly tenants: TenantDirectory,
  ) {}

  /**
   * False once the token has expired, the session or key has ended, or the permission is gone; as soon as a new request
   * would be refused. While that cannot be checked, the last answer stays valid.
   */
  async isAllowed(request: FastifyRequest): Promise<boolean> {
    const { access } = request.routeOptions.config;
    if (!access || access.public) return true;
    try {
      const principal = await this.authenticator.authenticate(request.headers);
      if (!principal) return false;
      await authorize(request, principal, access, this.tenants);
      return true;
    } catch (error) {
      return !(error instanceof ApiError);
    }
  }
}
