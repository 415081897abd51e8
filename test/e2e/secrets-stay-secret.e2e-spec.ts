import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  type ForwardProxy,
  ownRedisAvailable,
  type Receiver,
  type Schoolbell,
  startForwardProxy,
  startReceiver,
  startSchoolbell,
} from '../support/index.js';
import { BusyCustomer } from './support/secrets/busy-customer.js';
import { BusyPeople } from './support/secrets/busy-people.js';
import { dumpDatabase } from './support/secrets/dump-database.js';
import { HeardAnswers } from './support/secrets/heard-answers.js';
import { KnownSecrets, MARKER, markedToken } from './support/secrets/known-secrets.js';
import { readEverything } from './support/secrets/read-everything.js';
import { startSecureMailServer } from './support/secrets/start-secure-mail-server.js';
import { startWatchedRedis, type WatchedRedis } from './support/secrets/watched-redis.js';

/** Not a secret, but put where secrets must not be: the search has to find it in each place. */
const PLANTED = 'plantedleak7q';
/** An address where nobody listens. */
const DEAD_URL = 'http://127.0.0.1:1/hook';
const PLACES = ['logs', 'database', 'jobs', 'mails', 'answers'] as const;
type Place = (typeof PLACES)[number];

const everything = {} as Record<Place, string>;
const secrets = new KnownSecrets().add('a secret of ours', MARKER);
/** The tokens of links, which may appear in e-mails. */
const links = new KnownSecrets();
const planted = new KnownSecrets().add('what was planted', PLANTED);
/** A URL may appear where its webhook is shown, even if its query contains a secret. */
const inQuery = markedToken('query');

beforeAll(async () => {
  const redisPassword = markedToken('redis');
  const redis = ownRedisAvailable() ? await startWatchedRedis(redisPassword) : undefined;
  const mailServer = await startSecureMailServer(markedToken('smtp'));
  const [echo, tokens] = await Promise.all([startEcho(), startTokenEndpoint()]);
  const proxy = await startProxy();
  const jwtSecret = randomBytes(32).toString('base64');
  const schoolbell = await startSchoolbell({
    ...(redis && { redisUrl: redis.url }),
    env: {
      LOG_LEVEL: 'trace',
      JWT_SECRET: jwtSecret,
      TRUSTED_PROXIES: '127.0.0.1/32',
      EGRESS_PROXY: proxy.url.replace('://', `://bell:${markedToken('proxy')}@`),
      ...mailServer.env,
    },
  });
  const heard = new HeardAnswers();
  await new Customer(schoolbell).gets({ notificationEmails: ['owner@example.com'] });
  const receivers = {
    echoUrl: echo.url,
    refusingUrl: `${echo.url}?refuse`,
    tokenUrl: tokens.url,
    deadUrl: DEAD_URL,
  };
  const busy = new BusyCustomer(schoolbell, receivers, heard);
  const people = new BusyPeople(schoolbell, heard);
  await plantLeaks(busy, echo, redis);
  await Promise.all([busy.isBusy(), people.areBusy()]);
  const isMailed = (text: string) => JSON.stringify(mailServer.mails).includes(text);
  const allMailed = () => people.links.some(isMailed) && isMailed('Webhook paused');
  await eventually(allMailed, { timeoutMs: 30_000, intervalMs: 100 });
  everything.answers = [...heard.texts, await readEverything(schoolbell)].join('\n');
  everything.logs = [schoolbell.api, ...schoolbell.dispatchers].map(({ logs }) => logs).join('\n');
  everything.database = await dumpDatabase(schoolbell.database);
  everything.jobs = redis?.commands() ?? everything.database;
  everything.mails = JSON.stringify(mailServer.mails);
  addOwnSecrets(schoolbell, jwtSecret);
  for (const [name, secret] of heard.unmarked) secrets.add(name, secret);
  for (const token of people.links) links.add('the token of a link', token);
  return async () => {
    await schoolbell.stop();
    await Promise.all([
      redis?.stop(),
      mailServer.close(),
      echo.close(),
      tokens.close(),
      proxy.close(),
    ]);
  };
}, 180_000);

function addOwnSecrets(schoolbell: Schoolbell, jwtSecret: string): void {
  const { tenantKey, platformKey, encryptionKey, database } = schoolbell;
  secrets.add('the key of the tenant', tenantKey).add('the key of the platform', platformKey);
  secrets.add('ENCRYPTION_KEY', encryptionKey).add('JWT_SECRET', jwtSecret);
  const { password } = new URL(database.url);
  if (password) secrets.add('the password of Postgres', password);
}

/** Answers with everything that it got; answers 500 to a query. */
async function startEcho(): Promise<Receiver> {
  const echo = await startReceiver();
  echo.respondWith(({ path, headers, body }) => ({
    status: path.includes('?') ? 500 : 200,
    headers: { 'x-got': String(headers.authorization ?? headers['x-api-key'] ?? 'nothing') },
    body: `You sent ${JSON.stringify(headers)} and ${body}`,
  }));
  return echo;
}

async function startTokenEndpoint(): Promise<Receiver> {
  const endpoint = await startReceiver();
  const token = { access_token: markedToken('access'), expires_in: 3600 };
  endpoint.respondWith({ status: 200, body: JSON.stringify(token) });
  return endpoint;
}

/** Reaches every address except the dead and the planted ones. */
async function startProxy(): Promise<ForwardProxy> {
  const proxy = await startForwardProxy();
  const isUp = (authority: string) => !DEAD_URL.includes(authority) && !authority.includes(PLANTED);
  proxy.answersWith((authority) => (isUp(authority) ? null : 502));
  return proxy;
}

/** Plants leaks where everybody can: a description appears everywhere, a host in the log. */
async function plantLeaks(
  busy: BusyCustomer,
  { url }: Receiver,
  redis: WatchedRedis | undefined,
): Promise<void> {
  const description = Buffer.from(`a secret: ${PLANTED}`).toString('base64');
  await busy.webhook({ description, url: `${url}?refuse`, autoPauseAfter: 1 });
  await busy.webhook({ url: `https://${PLANTED}.localhost/`, autoPauseAfter: 0 });
  await redis?.set('planted', Buffer.from(PLANTED).toString('hex'));
}

describe('after a busy day with every format and every authentication', () => {
  it.each(PLACES)('no secret is in the %s', (place) => {
    const isUrl = place === 'database' || place === 'answers';
    const text = isUrl ? everything[place].replaceAll(`key=${inQuery}`, '') : everything[place];
    expect(text.length).toBeGreaterThan(100);
    expect(secrets.foundIn(text)).toEqual([]);
    if (place !== 'mails') expect(links.foundIn(text)).toEqual([]);
  });

  it.each(PLACES)('what was planted in the %s is found, in whatever writing', (place) => {
    expect(planted.foundIn(everything[place])).not.toEqual([]);
  });

  it('links are in e-mails', () => {
    expect(links.foundIn(everything.mails)).not.toEqual([]);
  });

  it('receivers got the secrets, and said so', () => {
    expect(everything.answers).toContain('[redacted]');
    expect(everything.answers).toContain('You sent ');
  });
});
