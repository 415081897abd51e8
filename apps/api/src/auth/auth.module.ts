import { Module, type Provider } from '@nestjs/common';
import { PasswordHasher } from '@schoolbell/passwords';
import {
  ApiKeyRepository,
  SessionRepository,
  TenantRepository,
  UserRepository,
} from '@schoolbell/persistence';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { RateLimiter } from '../http/rate-limiter.js';
import { AccessTokens } from './access-tokens.js';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';
import { type AuthKeys, deriveAuthKeys } from './auth-keys.js';
import { AuthController } from './auth.controller.js';
import { Authenticator } from './authenticator.js';
import { KnownDevices } from './known-devices.js';
import { LoginCheck } from './login-check.js';
import { LoginLimiter } from './login-limiter.js';
import { SecondFactorCheck } from './second-factor-check.js';
import { SessionTokens } from './session-tokens.js';
import { TenantDirectory } from './tenant-directory.js';
import { UserAuthenticator } from './user-authenticator.js';

const AUTH_KEYS = Symbol('AuthKeys');

/** The parts of signing in. */
const SIGNING_IN: Provider[] = [
  {
    provide: AUTH_KEYS,
    inject: [API_SETTINGS],
    useFactory: ({ jwtSecret }: ApiSettings) => deriveAuthKeys(jwtSecret),
  },
  {
    provide: AccessTokens,
    inject: [AUTH_KEYS],
    useFactory: (keys: AuthKeys) => new AccessTokens(keys.accessToken),
  },
  {
    provide: KnownDevices,
    inject: [AUTH_KEYS],
    useFactory: (keys: AuthKeys) => new KnownDevices(keys.knownDevice),
  },
  { provide: PasswordHasher, useFactory: () => new PasswordHasher() },
  { provide: LoginLimiter, useFactory: () => new LoginLimiter() },
  {
    provide: SecondFactorCheck,
    inject: [UserRepository],
    useFactory: (users: UserRepository) => new SecondFactorCheck(users),
  },
  {
    provide: LoginCheck,
    inject: [UserRepository, PasswordHasher, SecondFactorCheck, KnownDevices, LoginLimiter],
    useFactory: (...parts: ConstructorParameters<typeof LoginCheck>) => new LoginCheck(...parts),
  },
  {
    provide: SessionTokens,
    inject: [AUTH_KEYS, SessionRepository, AccessTokens, KnownDevices],
    useFactory: (
      { refreshToken: refreshKey }: AuthKeys,
      sessions: SessionRepository,
      accessTokens: AccessTokens,
      devices: KnownDevices,
    ) => new SessionTokens({ refreshKey, sessions, accessTokens, devices }),
  },
];

/** The parts that identify who sends a request, and for which tenant. */
const TELLING_WHO: Provider[] = [
  {
    provide: ApiKeyAuthenticator,
    inject: [ApiKeyRepository],
    useFactory: (keys: ApiKeyRepository) => new ApiKeyAuthenticator(keys),
  },
  {
    provide: UserAuthenticator,
    inject: [AccessTokens, SessionRepository],
    useFactory: (tokens: AccessTokens, sessions: SessionRepository) =>
      new UserAuthenticator(tokens, sessions),
  },
  {
    provide: Authenticator,
    inject: [ApiKeyAuthenticator, UserAuthenticator],
    useFactory: (apiKeys: ApiKeyAuthenticator, users: UserAuthenticator) =>
      new Authenticator(apiKeys, users),
  },
  {
    provide: TenantDirectory,
    inject: [TenantRepository],
    useFactory: (tenants: TenantRepository) => new TenantDirectory(tenants),
  },
  { provide: RateLimiter, useFactory: () => new RateLimiter() },
];

/** Who sends a request, and for which tenant; signing in and out. */
@Module({
  controllers: [AuthController],
  providers: [...SIGNING_IN, ...TELLING_WHO],
  exports: [
    ApiKeyAuthenticator,
    Authenticator,
    PasswordHasher,
    RateLimiter,
    SecondFactorCheck,
    SessionTokens,
    TenantDirectory,
    UserAuthenticator,
  ],
})
export class AuthModule {}
