import { createEgressPolicy } from '@schoolbell/destinations';
import { type ReceivedResponse } from '@schoolbell/delivery';
import { createSender } from '@schoolbell/egress';
import { formatNamed } from '@schoolbell/formats';
import { afterAll, expect, it } from 'vitest';
import { startLrs } from '../../support/index.js';
import { GOOD_STATEMENT } from '../../support/lrs/conformance/conformance-case.js';

const { answers } = formatNamed('xapi')!;
const sender = createSender({
  policy: createEgressPolicy({ allowHttp: true, allow: [], allowLoopback: true }),
});
const lrs = await startLrs({ refusesRepeats: true });
afterAll(() => Promise.all([sender.close(), lrs.close()]));

const url = `${lrs.url}/statements`;
const statement = { ...GOOD_STATEMENT, id: 'cd957929-8552-5d4f-bdf1-84893b07a5fb' };

async function send(method: 'GET' | 'POST', to: string, body = ''): Promise<ReceivedResponse> {
  const authorization = `Basic ${btoa(`${lrs.username}:${lrs.password}`)}`;
  const result = await sender.send({
    url: to,
    method,
    headers: [
      ['Content-Type', 'application/json'],
      ['Authorization', authorization],
      ['X-Experience-API-Version', '1.0.3'],
    ],
    body: Buffer.from(body),
    timeoutMs: 5000,
  });
  expect(result).toMatchObject({ kind: 'answered' });
  return result.response!;
}

/** Posts as an attempt does, and asks about a conflict. */
async function outcomeOf(content: object): Promise<string> {
  const body = JSON.stringify(content);
  const reading = answers!.read((await send('POST', url, body)).status, 1);
  if (reading !== 'compare') return reading;
  const [question] = answers!.questions({ url, body });
  return question!.read(await send('GET', question!.url));
}

it('a statement whose first answer was lost is delivered though the LRS refuses the repeat', async () => {
  lrs.answerNext({ instead: 'reset' });
  await expect(send('POST', url, JSON.stringify(statement))).rejects.toThrow();
  expect(await outcomeOf(statement)).toBe('delivered');
  expect(lrs.statements).toHaveLength(1);
});

it('a statement whose id the LRS has for another one is dead, and the other one stays', async () => {
  const other = { ...statement, verb: { id: 'https://example.com/verbs/watched' } };
  expect(await outcomeOf(other)).toBe('dead');
  expect(lrs.statements).toMatchObject([{ verb: statement.verb }]);
});

it('the question is asked again later when the LRS cannot answer it', async () => {
  lrs.answerNext(409, 503);
  expect(await outcomeOf(statement)).toBe('failed');
});
