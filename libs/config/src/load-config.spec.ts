import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.js';
import { loadApiConfig, loadConfig, loadServiceConfig } from './load-config.js';

const key = randomBytes(32);
const service = {
  DATABASE_URL: 'postgresql://u:hunter2@localhost:5432/d',
  ENCRYPTION_KEY: key.toString('base64'),
};

function faultsOf(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.faults.map(({ setting, message }) => `${setting} ${message}`);
    }
    throw error;
  }
  return [];
}

function redisOf(env: Record<string, string>) {
  return loadConfig(env).redis;
}

/** Of a webhook. */
const LONGEST_TIMEOUT_SECONDS = 30;

describe('the configuration', () => {
  it('has a default for everything that a first start needs', () => {
    expect(loadConfig({})).toEqual({
      metricsHost: '127.0.0.1',
      metricsPort: undefined,
      otelTracesSamplerArg: 1,
      otlpEndpoint: undefined,
      port: 8080,
      host: '127.0.0.1',
      publicUrl: undefined,
      trustedProxies: undefined,
      schoolbellHome: '.schoolbell',
      apis: undefined,
      dispatchers: undefined,
      logLevel: 'info',
      logFileMb: 50,
      logFiles: 10,
      shutdownGraceSeconds: 25,
      databaseUrl: undefined,
      databaseDirectUrl: undefined,
      warnOfAsyncStandby: true,
      idempotencyKeyHours: 72,
      redis: undefined,
      retentionDays: 30,
      encryptionKeys: undefined,
      jwtSecret: undefined,
      smtpUrl: undefined,
      mailFrom: undefined,
      egress: { allowHttp: false, allow: [], allowLoopback: false },
      egressProxy: undefined,
      dispatcherName: undefined,
      dispatcherMaxInFlight: 1000,
      webhookMaxInFlight: 8,
      leaseSeconds: 55,
      sweepIntervalMs: 2000,
    });
  });

  it('has what a killed dispatcher held be taken over within 60 s, and no sooner than an attempt may take', () => {
    const { leaseSeconds, sweepIntervalMs } = loadConfig({});
    expect(leaseSeconds + sweepIntervalMs / 1000).toBeLessThanOrEqual(60);
    expect(leaseSeconds).toBeGreaterThan(LONGEST_TIMEOUT_SECONDS);
  });

  it('names every fault at once', () => {
    const env = {
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      EGRESS_ALLOW: '10.0.0.0/8,10.0.0.0/33',
      LEASE_SECONDS: '1.5',
      REDIS_URL: 'localhost:6379',
    };
    expect(faultsOf(() => loadServiceConfig(env))).toEqual([
      'PORT must be a whole number from 1 to 65535',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
      'REDIS_URL must be a URL that starts with redis:// or rediss://',
      'EGRESS_ALLOW must be address ranges such as 10.0.0.0/8, but has "10.0.0.0/33"',
      'LEASE_SECONDS must be a whole number from 1 to 3600',
      'DATABASE_URL is required',
      'ENCRYPTION_KEY is required',
    ]);
  });

  it('asks the API for a secret to sign with', () => {
    expect(faultsOf(() => loadApiConfig(service))).toEqual(['JWT_SECRET is required']);
    const JWT_SECRET = 'j'.repeat(32);
    expect(loadApiConfig({ ...service, JWT_SECRET }).jwtSecret).toBe(JWT_SECRET);
  });

  it('never repeats a secret in a fault', () => {
    const env = {
      DATABASE_URL: 'mysql://u:hunter2@db/d',
      ENCRYPTION_KEY: 'hunter2',
      JWT_SECRET: 'hunter2',
    };
    const faults = faultsOf(() => loadServiceConfig(env));
    expect(faults).toHaveLength(3);
    expect(faults.join('\n')).not.toContain('hunter2');
  });

  it('wants one address of Postgres, that of the primary', () => {
    for (const DATABASE_URL of [
      'postgresql://u:hunter2@one:5432,two:5432/d?target_session_attrs=read-write',
      'postgres://u:hunter2@one,two/d',
      'postgresql:///d?host=one,two',
    ]) {
      expect(faultsOf(() => loadServiceConfig({ ...service, DATABASE_URL }))).toEqual([
        'DATABASE_URL must name one host: give it the one address that always leads to the primary (a virtual IP, ' +
          'a DNS name, HAProxy or a pooler); docs/operating/postgres.md says how',
      ]);
    }
    const DATABASE_URL = 'postgres://u,v:hunter,2@one/d?application_name=a,b';
    expect(loadConfig({ DATABASE_URL })).toMatchObject({ databaseUrl: DATABASE_URL });
  });

  it('takes an address past the pooler only where there is a pooler', () => {
    const DATABASE_DIRECT_URL = service.DATABASE_URL;
    expect(faultsOf(() => loadConfig({ DATABASE_DIRECT_URL }))).toEqual([
      'DATABASE_URL is required with DATABASE_DIRECT_URL',
    ]);
    expect(loadServiceConfig({ ...service, DATABASE_DIRECT_URL })).toMatchObject({
      databaseDirectUrl: DATABASE_DIRECT_URL,
    });
  });

  it('asks whom e-mails are from where there is a mail server', () => {
    const SMTP_URL = 'smtp://bell:hunter2@mail.example.com';
    expect(faultsOf(() => loadConfig({ SMTP_URL }))).toEqual([
      'MAIL_FROM is required with SMTP_URL',
    ]);
    for (const MAIL_FROM of ['bell@example.com', 'School Bell <bell@example.com>']) {
      expect(loadConfig({ SMTP_URL, MAIL_FROM })).toMatchObject({ mailFrom: MAIL_FROM });
    }
    for (const MAIL_FROM of [
      'bell',
      'Bell <bell>',
      'a@example.com, b@example.com',
      'a@b\nBcc: c@d',
    ]) {
      expect(faultsOf(() => loadConfig({ SMTP_URL, MAIL_FROM }))).toEqual([
        'MAIL_FROM must be an e-mail address, alone or as Name <address>',
      ]);
    }
  });

  it('takes a forward proxy with what it asks for, and repeats nothing of one that is wrong', () => {
    for (const EGRESS_PROXY of [
      'http://proxy.example.com:3128',
      'https://bell:p%40ss@[fd00::1]/',
    ]) {
      expect(loadConfig({ EGRESS_PROXY })).toMatchObject({ egressProxy: EGRESS_PROXY });
    }
    for (const [EGRESS_PROXY, fault] of [
      ['socks5://bell:hunter2@proxy:1080', 'must be a URL that starts with http:// or https://'],
      ['bell:hunter2@proxy:3128', 'must be a URL that starts with http:// or https://'],
      ['http://bell:hunter2%@proxy', 'must have a % in user or password written as %25'],
      [
        'http://bell:hunter2@proxy/path',
        'must end with the port: http://user:password@proxy.example.com:3128',
      ],
    ] as const) {
      expect(faultsOf(() => loadConfig({ EGRESS_PROXY }))).toEqual([`EGRESS_PROXY ${fault}`]);
    }
  });

  it('finds Redis as one server, as a cluster, or through sentinels', () => {
    const REDIS_URL = 'redis://bell:hunter2,@redis:6379/2';
    expect(redisOf({ REDIS_URL })).toEqual({ urls: [REDIS_URL], cluster: false });
    expect(
      redisOf({
        REDIS_URL: 'rediss://bell:hunter2@node-1:6379,node-2:6379, rediss://[fd00::3]',
        REDIS_CLUSTER: 'true',
      }),
    ).toEqual({
      urls: [
        'rediss://bell:hunter2@node-1:6379',
        'rediss://bell:hunter2@node-2:6379',
        'rediss://bell:hunter2@[fd00::3]',
      ],
      cluster: true,
    });
    const sentinels = {
      REDIS_SENTINELS: 'redis://:hunter2@sentinel-1:26379,sentinel-2',
      REDIS_MASTER: 'mymaster',
    };
    const expected = {
      urls: ['redis://:hunter2@sentinel-1:26379', 'redis://:hunter2@sentinel-2'],
      master: 'mymaster',
    };
    expect(redisOf(sentinels)).toEqual({ urls: [], cluster: false, sentinels: expected });
    expect(redisOf({ ...sentinels, REDIS_URL })).toMatchObject({ urls: [REDIS_URL] });
    expect(redisOf({ ...sentinels, REDIS_SENTINELS: 'sentinel-1' })?.sentinels?.urls).toEqual([
      'redis://sentinel-1',
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['REDIS_MASTER is required', { REDIS_SENTINELS: 'sentinel-1' }],
    ['REDIS_SENTINELS is required', { REDIS_MASTER: 'mymaster' }],
    [
      'REDIS_CLUSTER must not be true with REDIS_SENTINELS',
      { REDIS_CLUSTER: 'true', REDIS_SENTINELS: 'sentinel-1', REDIS_MASTER: 'mymaster' },
    ],
    ['REDIS_URL is required with REDIS_CLUSTER', { REDIS_CLUSTER: 'true' }],
    [
      'REDIS_URL must not end with the number of a database',
      { REDIS_CLUSTER: 'true', REDIS_URL: 'redis://:hunter2@node-1/2' },
    ],
    ['REDIS_URL names several servers', { REDIS_URL: 'redis://:hunter2@a:6379,b:6379' }],
    [
      'REDIS_URL must have the same scheme, user and password',
      { REDIS_CLUSTER: 'true', REDIS_URL: 'redis://:hunter2@a,redis://:hunter3@b' },
    ],
    [
      'REDIS_URL must have the same scheme, user and password',
      { REDIS_CLUSTER: 'true', REDIS_URL: 'redis://a,rediss://b' },
    ],
    [
      'REDIS_URL must be a URL that starts with redis:// or rediss://',
      { REDIS_CLUSTER: 'true', REDIS_URL: 'redis://a:6379,b:hunter2' },
    ],
    [
      'REDIS_SENTINELS must be a URL that starts with redis:// or rediss://',
      { REDIS_SENTINELS: 'http://:hunter2@a', REDIS_MASTER: 'mymaster' },
    ],
  ])('says what contradicts among the settings of Redis: %s', (expected, env) => {
    const faults = faultsOf(() => loadConfig(env));
    expect(faults).toEqual([expect.stringContaining(expected)]);
    expect(faults[0]).not.toContain('hunter');
  });

  it('takes several encryption keys, the first of which encrypts', () => {
    const older = randomBytes(32);
    const config = loadServiceConfig({
      ...service,
      ENCRYPTION_KEY: `${key.toString('base64')}, ${older.toString('base64url')}`.replace(
        /[-_]/g,
        (c) => (c === '-' ? '+' : '/'),
      ),
    });
    expect(config.encryptionKeys).toEqual([key, older]);
  });

  it.each([key.subarray(1).toString('base64'), `${key.toString('base64')}!`, ','])(
    'refuses the encryption key %s',
    (text) => {
      expect(faultsOf(() => loadServiceConfig({ ...service, ENCRYPTION_KEY: text }))).toHaveLength(
        1,
      );
    },
  );

  it('takes an empty variable for an unset one, so that compose files can pass them through', () => {
    expect(loadConfig({ PORT: '', REDIS_URL: ' ' })).toEqual(loadConfig({}));
  });

  it('reads the address ranges that may be reached', () => {
    const { egress } = loadConfig({
      EGRESS_ALLOW: '10.0.0.0/8, 192.168.1.7,fd00::/8',
      EGRESS_ALLOW_HTTP: 'TRUE',
    });
    expect(egress).toEqual({
      allowHttp: true,
      allow: ['10.0.0.0/8', '192.168.1.7/32', 'fd00::/8'],
      allowLoopback: false,
    });
  });

  it('cannot be changed once it is read', () => {
    const config = loadConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.egress)).toBe(true);
    expect(Object.isFrozen(config.egress.allow)).toBe(true);
  });
});
