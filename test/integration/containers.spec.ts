import { existsSync, readFileSync } from 'node:fs';
import { loadServiceConfig, SETTINGS } from '@schoolbell/config';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image?: string;
  build?: { context: string; target: string };
  command?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  [key: string]: unknown;
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
};
const dockerfile = read('Dockerfile');
const ours = ['migrate', 'api', 'dispatcher'] as const;
const services = Object.entries(compose.services);

/** Replaces `${NAME:-default}` and `${NAME:?message}` as compose does. */
function interpolated(
  environment: Record<string, string | number>,
  env: Record<string, string>,
): Record<string, string> {
  const expand = (value: string) =>
    value.replaceAll(
      /\$\{(\w+):([-?])([^}]*)\}/g,
      (_all, name: string, kind: string, rest: string) => {
        if (env[name]) return env[name];
        if (kind === '?') throw new Error(rest);
        return rest;
      },
    );
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, expand(String(value))]),
  );
}

const SECRETS = {
  POSTGRES_PASSWORD: 'c0ffee',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  JWT_SECRET: 'j'.repeat(64),
};

const seconds = (text: unknown) => Number(/^(\d+)s$/.exec(String(text))?.[1]);

describe('docker compose', () => {
  it('runs Postgres, Redis, the API, a dispatcher, and migrations as a step of their own', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual(
      ['api', 'dispatcher', 'migrate', 'postgres', 'redis'].toSorted(),
    );
    for (const name of ['api', 'dispatcher']) {
      expect(compose.services[name]!.depends_on).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
    }
    // The image brings the check of the API.
    for (const name of ['postgres', 'redis', 'dispatcher']) {
      expect(compose.services[name]!.healthcheck).toBeDefined();
    }
    const { healthcheck, environment } = compose.services.dispatcher!;
    expect(JSON.stringify(healthcheck)).toContain(
      `127.0.0.1:${environment!.METRICS_PORT}/health/live`,
    );
  });

  it.each(services)(
    '%s may write nowhere, do nothing special and see nothing of the host',
    (_name, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      for (const forbidden of [
        'privileged',
        'network_mode',
        'pid',
        'ipc',
        'devices',
        'container_name',
      ]) {
        expect(service).not.toHaveProperty(forbidden);
      }
      expect(JSON.stringify(service)).not.toContain('docker.sock');
    },
  );

  it('pins images to an exact version', () => {
    const images = services.flatMap(([, { image }]) => image ?? []);
    expect(images).toEqual(['postgres:18.4', 'redis:7.4.6']);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image!);
    const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)/gm)].map(([, stage]) => stage!);
    const pulled = bases.filter((base) => !stages.includes(base));
    expect(new Set(pulled)).toEqual(new Set(['node:24.21.0-bookworm-slim']));
  });

  it.each(ours)('%s gets a complete configuration from three secrets', (name) => {
    const { environment } = compose.services[name]!;
    const config = loadServiceConfig(interpolated(environment!, SECRETS));
    expect(config.databaseUrl).toBe('postgresql://schoolbell:c0ffee@postgres:5432/schoolbell');
    expect(config.redis).toMatchObject({ urls: ['redis://redis:6379'] });
    expect(config).toMatchObject({ jwtSecret: SECRETS.JWT_SECRET });
    expect(config.egress).toEqual({ allowHttp: false, allow: [], allowLoopback: false });
  });

  it('passes only settings that exist', () => {
    const known = new Set(Object.values(SETTINGS).map((setting) => setting.name as string));
    for (const name of ours) {
      for (const variable of Object.keys(compose.services[name]!.environment!)) {
        expect(known).toContain(variable);
      }
    }
  });

  it.each(Object.keys(SECRETS))('says what to do when %s is missing', (missing) => {
    const env: Record<string, string> = { ...SECRETS };
    delete env[missing];
    expect(() => interpolated(compose.services.api!.environment!, env)).toThrow(
      `Put ${missing} into .env`,
    );
  });

  it('lets the API out of its container, and gives only the dispatcher a way to receivers', () => {
    const networks = (name: string) => compose.services[name]!.networks;
    expect(compose.networks.storage).toEqual({ internal: true });
    expect(networks('postgres')).toEqual(['storage']);
    expect(networks('redis')).toEqual(['storage']);
    expect(networks('migrate')).toEqual(['storage']);
    expect(networks('api')).toEqual(['storage', 'web']);
    expect(networks('dispatcher')).toEqual(['storage', 'receivers']);
    expect(services.filter(([, service]) => service.ports).map(([name]) => name)).toEqual(['api']);
  });

  it.each(services)(
    '%s may take so much memory and so many processes, and no more',
    (_name, service) => {
      expect(service).toMatchObject({
        mem_limit: expect.stringMatching(/\d+[mg]\b/),
        pids_limit: expect.any(Number),
      });
    },
  );

  it('has Redis stay below its limit by itself', () => {
    const { command, mem_limit: limit } = compose.services.redis!;
    expect(command).toEqual(expect.arrayContaining(['--maxmemory', '192mb']));
    expect(limit).toBe('256m');
  });

  it('gives every process longer to stop than it takes', () => {
    for (const name of ['api', 'dispatcher']) {
      const service = compose.services[name]!;
      const { shutdownGraceSeconds } = loadServiceConfig(
        interpolated(service.environment!, SECRETS),
      );
      expect(seconds(service.stop_grace_period)).toBeGreaterThan(shutdownGraceSeconds);
    }
  });
});

describe('the image', () => {
  it.each(ours)('has a stage for %s', (name) => {
    const { build } = compose.services[name]!;
    expect(build).toEqual({ context: '.', target: name });
    const stage = new RegExp(`^FROM runtime AS ${name}\n(?:(?!^FROM).*\n)*`, 'm').exec(
      dockerfile,
    )?.[0];
    const [, entry] = /^CMD \["node", "(dist\/[^"]+)"\]$/m.exec(stage ?? '') ?? [];
    const source = entry!
      .replace(/^dist\/bundles\/(\w+)\.js$/, 'dist/apps/$1/src/main.js')
      .replace(/^dist\/(.+)\.js$/, '$1.ts');
    expect(read(source)).not.toBe('');
  });

  it('copies only what is there', () => {
    const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)];
    const sources = copies.flatMap(([, paths]) => paths!.split(' '));
    expect(sources).toContain('apps');
    for (const source of sources) {
      expect(existsSync(new URL(`../../${source}`, import.meta.url)), source).toBe(true);
    }
  });

  it('runs as nobody special, with production dependencies only', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/npm ci --omit=dev/);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile).not.toMatch(/\b(ENCRYPTION_KEY|JWT_SECRET|PASSWORD)\b/);
  });

  it('is made of nothing but what is named', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored[0]).toBe('*');
    expect(ignored.filter((line) => line.startsWith('!')).join(' ')).not.toMatch(
      /\.env|\.git|\.schoolbell/,
    );
  });
});
