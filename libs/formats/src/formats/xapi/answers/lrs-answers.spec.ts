import { describe, expect, it } from 'vitest';
import type { Statement } from '../statement/statement.js';
import { lrsAnswers, readLrsAnswer } from './lrs-answers.js';

describe('an answer of a Learning Record Store', () => {
  it.each([
    [200, 'delivered', 'delivered'],
    [204, 'delivered', 'delivered'],
    [400, 'dead', 'split'],
    [401, 'as_any', 'as_any'],
    [403, 'as_any', 'as_any'],
    [404, 'as_any', 'as_any'],
    [408, 'as_any', 'as_any'],
    [409, 'compare', 'split'],
    [410, 'as_any', 'as_any'],
    [412, 'dead', 'dead'],
    [413, 'dead', 'split'],
    [415, 'dead', 'dead'],
    [429, 'as_any', 'as_any'],
    [500, 'as_any', 'as_any'],
    [503, 'as_any', 'as_any'],
  ] as const)('of %i means %s for one event, and %s for a batch', (status, alone, batch) => {
    expect([readLrsAnswer(status, 1), readLrsAnswer(status, 2)]).toEqual([alone, batch]);
  });
});

describe('after a conflict', () => {
  const sent: Statement = {
    id: 'cd957929-8552-5d4f-bdf1-84893b07a5fb',
    actor: { objectType: 'Agent', account: { homePage: 'https://acme.example', name: 'l' } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed', display: { 'en-US': 'completed' } },
    object: {
      objectType: 'Activity',
      id: 'https://acme.example/packages/p',
      definition: { type: 'x:y' },
    },
    result: { score: { scaled: 0.5, raw: 5 }, completion: true, duration: 'PT1.257S' },
    context: { registration: '42f46052-2dbf-5434-9791-94eae296f6fc' },
    timestamp: '2026-04-10T14:32:00.000Z',
    version: '1.0.0',
  };
  const url = 'https://lrs.example/xapi/statements?key=1';
  const [question] = lrsAnswers.questions({ url, body: JSON.stringify(sent) });
  const read = (found: object) => question!.read({ status: 200, body: JSON.stringify(found) });

  it('each statement that was sent is asked for', () => {
    const body = JSON.stringify([sent, { ...sent, id: 'b0c78202-7785-57f4-880c-31bff7c310eb' }]);
    expect(lrsAnswers.questions({ url, body }).map((one) => one.url)).toEqual([
      `${url}&statementId=${sent.id}`,
      `${url}&statementId=b0c78202-7785-57f4-880c-31bff7c310eb`,
    ]);
  });

  it.each<[string, object]>([
    ['the same', sent],
    [
      'the same with what an LRS adds',
      {
        ...sent,
        stored: '2026-04-10T14:32:01Z',
        authority: { mbox: 'mailto:a@b.example' },
        context: { ...sent.context, contextActivities: {} },
        actor: { ...sent.actor, name: 'Jane' },
      },
    ],
    [
      'the same without what only describes',
      {
        ...sent,
        verb: { id: sent.verb.id },
        object: { id: sent.object.id },
      },
    ],
    [
      'the same with its keys in another order',
      {
        ...sent,
        result: Object.fromEntries(Object.entries(sent.result!).toReversed()),
      },
    ],
    [
      'the same with its duration in hundredths',
      {
        ...sent,
        result: { ...sent.result, duration: 'PT1.25S' },
      },
    ],
    [
      'the same with its registration in capitals',
      {
        ...sent,
        context: { registration: sent.context.registration.toUpperCase() },
      },
    ],
  ])('the event is delivered when %s is stored', (_what, found) => {
    expect(read(found)).toBe('delivered');
  });

  it.each<[string, object]>([
    ['another verb', { verb: { id: 'x:y' } }],
    ['another object', { object: { ...sent.object, id: 'x:y' } }],
    ['an object of another type', { object: { ...sent.object, objectType: 'StatementRef' } }],
    ['another actor', { actor: { account: { homePage: 'https://acme.example', name: 'm' } } }],
    ['another way to name the actor', { actor: { mbox: 'mailto:a@b.example' } }],
    ['another registration', { context: {} }],
    ['another result', { result: { ...sent.result, success: true } }],
    ['no result', { result: undefined }],
  ])('it is dead when %s is stored', (_what, change) => {
    expect(read({ ...sent, ...change })).toBe('dead');
  });

  it.each([
    [404, 'failed'],
    [408, 'failed'],
    [429, 'failed'],
    [503, 'failed'],
    [400, 'dead'],
    [401, 'dead'],
    [403, 'dead'],
  ])('an answer of %i to the question says: %s', (status, comparison) => {
    expect(question!.read({ status, body: '' })).toBe(comparison);
  });

  it.each(['', 'null', '[]', '{"verb":null,"actor":null,"result":"x"}', '<html>'])(
    'what is found as %j is not it',
    (body) => {
      expect(question!.read({ status: 200, body })).toBe('dead');
    },
  );
});
