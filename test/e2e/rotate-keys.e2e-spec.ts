import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { fromTypeId } from '@schoolbell/ids';
import { SecretBox } from '@schoolbell/persistence';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  startReceiver,
  startSchoolbell,
  type OwnWebhook,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const base64 = (...keys: Buffer[]): string => keys.map((key) => key.toString('base64')).join(',');
const idOf = (key: Buffer): string => new SecretBox([key]).keyIds[0]!;
/** Enough that the command is in the middle of them when it first reports progress. */
const OTHERS = 4_000;

let receiver: Receiver;
let schoolbell: Schoolbell;
let customer: Customer;
let webhook: OwnWebhook;

beforeAll(async () => {
  receiver = await startReceiver();
  schoolbell = await startSchoolbell({ env: { ENCRYPTION_KEY: base64(OLD, NEW) } });
  customer = new Customer(schoolbell);
  webhook = await customer.webhook(receiver.url);
  await schoolbell.database.query(
    `INSERT INTO webhooks (id, tenant_id, url, format, authentication, headers, secret, timeout_seconds,
       retry_schedule, auto_pause_after, delivery, status, metadata, event_types)
     SELECT new_uuid_v7(), tenant_id, url, format, authentication, headers, secret, timeout_seconds,
       retry_schedule, auto_pause_after, delivery, status, metadata, '{}'
     FROM webhooks, generate_series(1, $1::integer)`,
    [OTHERS],
  );
});
afterAll(async () => {
  await schoolbell.stop();
  await receiver.close();
});

/** Runs the compiled command. @param onOutput may end it */
async function rotateKeys(onOutput: (kill: () => void) => void = () => undefined) {
  const child = spawn(process.execPath, [resolve('dist/apps/standalone/src/rotate-keys.js')], {
    cwd: tmpdir(),
    env: { DATABASE_URL: schoolbell.database.url, ENCRYPTION_KEY: base64(NEW, OLD) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput(() => child.kill('SIGKILL'));
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

async function webhooksWith(key: Buffer): Promise<number> {
  const rows = await schoolbell.database.query('SELECT FROM webhooks WHERE secret LIKE $1', [
    `v1:${idOf(key)}:%`,
  ]);
  return rows.length;
}

it('npm run rotate-keys can be killed and run again, while deliveries go on and are signed right', async () => {
  let posting = true;
  const posts = (async () => {
    let posted = 0;
    for (; posting; posted++) await customer.completes(webhook);
    return posted;
  })();

  const killed = await rotateKeys((kill) => kill());
  expect(killed).toMatchObject({
    code: null,
    output: expect.stringMatching(/^\d+ webhooks and users so far/),
  });
  const left = await webhooksWith(OLD);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(OTHERS);

  const finished = await rotateKeys();
  expect(finished.code).toBe(0);
  expect(finished.output).toContain('Webhooks and users that need another key: 0.');
  expect(await webhooksWith(OLD)).toBe(0);
  expect(await webhooksWith(NEW)).toBe(OTHERS + 1);
  expect(await rotateKeys()).toMatchObject({
    code: 0,
    output: expect.stringContaining(
      `Nothing to do: all secrets that can be read are encrypted with the key ${idOf(NEW)}.`,
    ),
  });

  posting = false;
  const posted = await posts;
  expect(posted).toBeGreaterThan(10);
  for (const request of await receiver.waitFor(posted)) {
    new Webhook(webhook.secret).verify(request.body, request.headers as Record<string, string>);
  }
  await eventually(async () =>
    expect(await customer.ledger(webhook)).toEqual({ delivered: posted }),
  );
});

it('the rotation of keys says what keeps an old key from going, with exit code 1', async () => {
  const damaged = new SecretBox([OLD]).encrypt('whsec_x').slice(0, -6);
  await schoolbell.database.query('UPDATE webhooks SET secret = $2 WHERE id = $1', [
    fromTypeId('webhook', webhook.id),
    damaged,
  ]);
  const { code, output } = await rotateKeys();
  expect(code).toBe(1);
  expect(output).toContain(`${webhook.id} cannot be read and was left as it is. secret: `);
  expect(output).toContain(`The key ${idOf(OLD)} is still needed by 1 webhooks and 0 users.`);
});
