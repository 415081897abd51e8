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

/** Of a webhook. */
const LONGEST_TIMEOUT_SECONDS = 30;

describe('the configuration', () => {
  it('has a default for everything that a first start needs', () => {
    expect(loadConfig({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: undefined,
      trustedProxies: undefined,
      schoolbellHome: '.schoolbell',
      logLevel: 'info',
      logFileMb: 50,
      logFiles: 10,
      shutdownGraceSeconds: 25,
      databaseUrl: undefined,
      redisUrl: undefined,
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
