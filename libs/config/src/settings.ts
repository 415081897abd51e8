import { addressRanges } from './cidr.js';
import {
  encryptionKeys,
  flag,
  integer,
  mailbox,
  oneOf,
  postgresUrl,
  proxy,
  secret,
  share,
  text,
  url,
} from './readers.js';
import { redisServers } from './redis-servers.js';
import { optional, withDefault } from './setting.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const SERVICE = 'Service';
const METRICS = 'Metrics and traces';
const STORAGE = 'Database and queue';
const SECRETS = 'Secrets';
const MAIL = 'E-mail';
const EGRESS = 'Which receivers may be reached';
const DISPATCHING = 'Dispatching';

/** Every setting there is. `.env.example` is generated from this table. */
export const SETTINGS = {
  port: withDefault({
    name: 'PORT',
    section: SERVICE,
    about: 'The port of the API.',
    read: integer(1, 65_535),
    default: '8080',
  }),
  host: withDefault({
    name: 'HOST',
    section: SERVICE,
    about: 'The address that the API listens on; 0.0.0.0 for every interface.',
    read: text,
    default: '127.0.0.1',
  }),
  publicUrl: optional({
    name: 'PUBLIC_URL',
    section: SERVICE,
    about:
      'Where people reach the API. Links in e-mails begin with it; if unset, they are paths only. Its host is the origin that receivers of CloudEvents are asked to allow; if unset, schoolbell.invalid.',
    read: url('https', 'http'),
    example: 'https://schoolbell.example.com',
  }),
  trustedProxies: optional({
    name: 'TRUSTED_PROXIES',
    section: SERVICE,
    about:
      'Address ranges of the proxies in front of the API, separated by commas. The API believes what these proxies say in X-Forwarded-For and X-Forwarded-Proto: from which address a request comes, for limits and the audit log, and whether it came by https, for cookies. If unset, it believes nobody.',
    read: addressRanges,
    example: '10.0.0.0/8',
  }),
  schoolbellHome: withDefault({
    name: 'SCHOOLBELL_HOME',
    section: SERVICE,
    about:
      'The data folder of `npm start`: the embedded Postgres, generated secrets, credentials.json, logs.',
    read: text,
    default: '.schoolbell',
  }),
  apis: optional({
    name: 'APIS',
    section: SERVICE,
    about:
      'How many API processes `npm start` runs, on one port. If unset, one; from eight cores on one for each four cores, four at most.',
    read: integer(1, 64),
    example: '2',
  }),
  dispatchers: optional({
    name: 'DISPATCHERS',
    section: SERVICE,
    about:
      'How many dispatchers `npm start` runs. If unset, one; from eight cores on one for each four cores, four at most.',
    read: integer(1, 64),
    example: '2',
  }),
  logLevel: withDefault({
    name: 'LOG_LEVEL',
    section: SERVICE,
    about: `How much is logged: ${LOG_LEVELS.join(', ')}.`,
    read: oneOf(...LOG_LEVELS),
    default: 'info',
  }),
  logFileMb: withDefault({
    name: 'LOG_FILE_MB',
    section: SERVICE,
    about: 'The size in MiB at which `npm start` ends a log file and begins the next one.',
    read: integer(1, 10_000),
    default: '50',
  }),
  logFiles: withDefault({
    name: 'LOG_FILES',
    section: SERVICE,
    about:
      'How many files `npm start` keeps of each log, including the current one: api.log, api.log.1 and so on. Older ones are deleted.',
    read: integer(2, 1_000),
    default: '10',
  }),
  shutdownGraceSeconds: withDefault({
    name: 'SHUTDOWN_GRACE_SECONDS',
    section: SERVICE,
    about:
      'Seconds between SIGTERM and exit in which requests and attempts in flight may finish. Keep it below the grace period of whatever stops the process.',
    read: integer(1, 600),
    default: '25',
  }),
  metricsPort: optional({
    name: 'METRICS_PORT',
    section: METRICS,
    about:
      'A port of its own on which this API or dispatcher answers GET /metrics, in the text format of Prometheus. If unset, no metrics are served. `npm start` gives its processes this port and those after it, APIs first.',
    read: integer(1, 65_535),
    example: '9464',
  }),
  metricsHost: withDefault({
    name: 'METRICS_HOST',
    section: METRICS,
    about:
      'The address that metrics are served on. Whoever reaches it reads them without a key: in a container, 0.0.0.0 on a network that only Prometheus shares.',
    read: text,
    default: '127.0.0.1',
  }),
  otlpEndpoint: optional({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    section: METRICS,
    about:
      'Where a collector of OpenTelemetry takes traces, by OTLP over HTTP. `npm start` then loads the SDK into API and dispatcher; elsewhere, start them with `node --import ./dist/apps/tracing/src/register.js`. If unset, nothing is traced.',
    read: url('http', 'https'),
    example: 'http://127.0.0.1:4318',
  }),
  otelTracesSamplerArg: withDefault({
    name: 'OTEL_TRACES_SAMPLER_ARG',
    section: METRICS,
    about:
      'The share of all traces that is sent to the collector, from 0 to 1. At a thousand attempts a second, all are many.',
    read: share,
    default: '1',
  }),
  databaseUrl: optional({
    name: 'DATABASE_URL',
    section: STORAGE,
    about:
      'PostgreSQL 16 or later, or a pooler in front of it. Needed by API and dispatcher; if unset, `npm start` runs a Postgres of its own. One address: with several servers, the one that leads to the primary.',
    read: postgresUrl,
    example: 'postgresql://schoolbell:password@localhost:5432/schoolbell',
  }),
  databaseDirectUrl: optional({
    name: 'DATABASE_DIRECT_URL',
    section: STORAGE,
    about:
      'Past the pooler, if DATABASE_URL leads through one that shares sessions by transaction: Postgres itself, or a pool of whole sessions, as the same user. For migrations, LISTEN, maintenance and the queue in Postgres.',
    read: postgresUrl,
    example: 'postgresql://schoolbell:password@localhost:5432/schoolbell',
  }),
  warnOfAsyncStandby: withDefault({
    name: 'WARN_OF_ASYNC_STANDBY',
    section: STORAGE,
    about:
      'Warns, in the log and in /health/ready, while a standby is attached and commits wait for none: if it is promoted, the last events are lost. Set it to false if no standby is ever promoted.',
    read: flag,
    default: 'true',
  }),
  retentionDays: withDefault({
    name: 'RETENTION_DAYS',
    section: STORAGE,
    about:
      'Days for which events, deliveries and attempts are kept. Waiting deliveries stay longer; dead letters stay for at least 14 days.',
    read: integer(1, 3_650),
    default: '30',
  }),
  idempotencyKeyHours: withDefault({
    name: 'IDEMPOTENCY_KEY_HOURS',
    section: STORAGE,
    about:
      'Hours for which a repeated idempotency key, or fingerprint, answers with the first event. Longer than callers repeat a post.',
    read: integer(1, 87_600),
    default: '72',
  }),
  redisUrl: optional({
    name: 'REDIS_URL',
    section: STORAGE,
    about:
      'Redis or Valkey for the queue: redis://user:password@host:6379/0, or rediss:// for TLS. If neither it nor REDIS_SENTINELS is set, the queue lives in Postgres.',
    read: redisServers({ scheme: 'required' }),
    example: 'redis://localhost:6379',
  }),
  redisSentinels: optional({
    name: 'REDIS_SENTINELS',
    section: STORAGE,
    about:
      'The sentinels that know the master of Redis, separated by commas. If they have a user and password, or TLS (rediss://), write it before the first: redis://user:password@sentinel-1:26379. REDIS_URL then says the user, password, database and TLS of Redis itself; its host means nothing.',
    read: redisServers({ scheme: 'optional' }),
    example: 'sentinel-1:26379,sentinel-2:26379,sentinel-3:26379',
  }),
  redisMaster: optional({
    name: 'REDIS_MASTER',
    section: STORAGE,
    about: 'The name under which the sentinels watch the master. Needed with REDIS_SENTINELS.',
    read: text,
    example: 'mymaster',
  }),
  redisCluster: withDefault({
    name: 'REDIS_CLUSTER',
    section: STORAGE,
    about:
      'Whether REDIS_URL is a Redis Cluster. It may then name several nodes, separated by commas: redis://user:password@node-1:6379,node-2:6379.',
    read: flag,
    default: 'false',
  }),
  encryptionKeys: optional({
    name: 'ENCRYPTION_KEY',
    section: SECRETS,
    about:
      'Encrypts secrets of webhooks and users at rest: base64 of 32 random bytes (openssl rand -base64 32). To rotate, put the new key before the old one, separated by a comma: the first encrypts, all decrypt; `npm run rotate-keys` then encrypts anew what the old key had encrypted. `npm start` generates one.',
    read: encryptionKeys,
    example: '',
  }),
  jwtSecret: optional({
    name: 'JWT_SECRET',
    section: SECRETS,
    about:
      'Signs the tokens of users who sign in: 32 or more characters, the same for every API. Needed by the API. A new secret signs everybody out. `npm start` generates one.',
    read: secret(32),
    example: '',
  }),
  smtpUrl: optional({
    name: 'SMTP_URL',
    section: MAIL,
    about:
      'The mail server, for e-mails to owners and users: smtp://user:password@host:587, which changes to TLS if the server offers it (with a password, the server must), or smtps://user:password@host:465. Certificates are verified. If unset, e-mails are kept and shown by GET /v1/mails.',
    read: url('smtp', 'smtps'),
    example: 'smtps://user:password@mail.example.com:465',
  }),
  mailFrom: optional({
    name: 'MAIL_FROM',
    section: MAIL,
    about: 'The sender of e-mails. Needed with SMTP_URL.',
    read: mailbox,
    example: 'Schoolbell <schoolbell@example.com>',
  }),
  egressAllowHttp: withDefault({
    name: 'EGRESS_ALLOW_HTTP',
    section: EGRESS,
    about: 'Allows webhooks on plain http as well as https.',
    read: flag,
    default: 'false',
  }),
  egressAllow: optional({
    name: 'EGRESS_ALLOW',
    section: EGRESS,
    about:
      'Private address ranges that may be reached nevertheless, separated by commas. Set but empty, it opens nothing. If unset, `npm start` allows loopback, also on plain http, and no other private address.',
    read: addressRanges,
    emptyIsValue: true,
    example: '10.20.0.0/16,fd00:20::/32',
  }),
  egressProxy: optional({
    name: 'EGRESS_PROXY',
    section: EGRESS,
    about:
      'A forward proxy, http:// or https://, through which dispatchers reach all receivers, by CONNECT. `%40` stands for an `@` in user or password. The rules for addresses stay; give the proxy the same rules, because it looks up names itself.',
    read: proxy,
    example: 'http://user:password@proxy.example.com:3128',
  }),
  egressLoopback: withDefault({
    name: 'EGRESS_LOOPBACK',
    section: EGRESS,
    about: 'Allows loopback, also on plain http. Set by `npm start` for its own children.',
    read: flag,
    default: 'false',
    internal: true,
  }),
  dispatcherName: optional({
    name: 'DISPATCHER_NAME',
    section: DISPATCHING,
    about:
      'A name that no two running dispatchers share, such as the UID of a pod or the id of a container. A dispatcher takes over at once from the previous one of its name; without a name, and on another machine, only when the lease ends. Set by `npm start` for its own child.',
    read: text,
    example: '4b1f0c1e-6a3d-4c0b-9a53-0d8b5f0e9c77',
  }),
  dispatcherMaxInFlight: withDefault({
    name: 'DISPATCHER_MAX_IN_FLIGHT',
    section: DISPATCHING,
    about:
      'Attempts that one dispatcher has in flight at the same time. One tenant gets at most 7/8 of them.',
    read: integer(1, 10_000),
    default: '1000',
  }),
  webhookMaxInFlight: withDefault({
    name: 'WEBHOOK_MAX_IN_FLIGHT',
    section: DISPATCHING,
    about:
      'Attempts of one webhook that one dispatcher has in flight, so that a receiver that hangs holds only its own slots.',
    read: integer(1, 1_000),
    default: '8',
  }),
  leaseSeconds: withDefault({
    name: 'LEASE_SECONDS',
    section: DISPATCHING,
    about:
      'How long a claimed delivery belongs to its dispatcher; another takes over afterwards. Longer than the longest attempt: 10 s for a token, 5 s for a filter and 30 s for the request.',
    read: integer(1, 3_600),
    default: '55',
  }),
  sweepIntervalMs: withDefault({
    name: 'SWEEP_INTERVAL_MS',
    section: DISPATCHING,
    about:
      'How often the dispatcher looks for due deliveries that no wake announced. Milliseconds.',
    read: integer(10, 60_000),
    default: '2000',
  }),
};
