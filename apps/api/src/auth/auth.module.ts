import { Module } from '@nestjs/common';
import { ApiKeyRepository, TenantRepository } from '@schoolbell/persistence';
import { RateLimiter } from '../http/rate-limiter.js';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';
import { Authenticator } from './authenticator.js';
import { TenantDirectory } from './tenant-directory.js';

/** Who makes a request, and for which tenant. */
@Module({
  providers: [
    {
      provide: ApiKeyAuthenticator,
      inject: [ApiKeyRepository],
      useFactory: (keys: ApiKeyRepository) => new ApiKeyAuthenticator(keys),
    },
    {
      provide: Authenticator,
      inject: [ApiKeyAuthenticator],
      useFactory: (apiKeys: ApiKeyAuthenticator) => new Authenticator(apiKeys),
    },
    {
      provide: TenantDirectory,
      inject: [TenantRepository],
      useFactory: (tenants: TenantRepository) => new TenantDirectory(tenants),
    },
    { provide: RateLimiter, useFactory: () => new RateLimiter() },
  ],
  exports: [ApiKeyAuthenticator, Authenticator, TenantDirectory, RateLimiter],
})
export class AuthModule {}
