import { describe, expect, it } from 'vitest';
import type { EventToSend } from '../../contract/event-to-send.js';
import { withDefaults } from '../../contract/format-settings.js';
import type { KnownData } from '../../contract/known-data.js';
import type { FormatInput } from '../../contract/wire-format.js';
import { xapi } from './xapi.js';

const WEBHOOK = '019d5f0a-1c00-7b52-a9d4-6c8e0f1a3003';

function event(data: KnownData, type = 'session.completed', uuid = '1'): EventToSend {
  return {
    id: `evt_${uuid}`,
    uuid,
    deliveryId: 'dlv_1',
    type,
    occurredAt: new Date('2026-04-10T14:32:00Z'),
    payload: JSON.stringify(data),
    data: { packageId: 'p', learnerId: 'l', ...data },
  };
}

function input(events: FormatInput['events'], given = {}, webhookUuid = WEBHOOK): FormatInput {
  return {
    events,
    isBatch: events.length > 1,
    context: {
      webhook: { uuid: webhookUuid, number: 1, settings: withDefaults(xapi.settings, given, 1) },
      tenant: {
        id: 'ten_1',
        uuid: '01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001',
        iri: 'https://acme.example/',
        domain: 'acme.example',
        scormApiTenantId: '1',
      },
    },
  };
}

const render = (...given: Parameters<typeof input>) => JSON.parse(xapi.body(input(...given)));
const resultOf = (data: KnownData, type?: string) => render([event(data, type)]).result;

describe('a statement', () => {
  it('names the learner by account, and by address only when asked and when there is one', () => {
    const account = { homePage: 'https://acme.example/', name: 'l' };
    const jane = event({ learner: { email: 'jane@acme.example' } });
    expect(render([jane]).actor).toEqual({ objectType: 'Agent', account });
    const byAddress = render([jane], { actor: 'mbox' });
    expect(byAddress.actor).toEqual({ objectType: 'Agent', mbox: 'mailto:jane@acme.example' });
    expect(render([event({})], { actor: 'mbox' }).actor.account).toEqual(account);
  });

  it.each(['zoë@acme.example', 'jane@localhost', 'a b@acme.example', 'a%b@acme.example'])(
    'names the learner by account when %s is no address that an LRS takes',
    (email) => {
      const { actor } = render([event({ learner: { email } })], { actor: 'mbox' });
      expect(actor).not.toHaveProperty('mbox');
    },
  );

  it('has an id of its own on each webhook that names learners by address', () => {
    const by = (actor: string, webhook?: string) => render([event({})], { actor }, webhook).id;
    const other = WEBHOOK.replace('3003', '3004');
    expect(by('account', other)).toBe(by('account'));
    expect(by('mbox')).not.toBe(by('account'));
    expect(by('mbox', other)).not.toBe(by('mbox'));
  });

  it('has the runtime’s registration if that is a UUID, else one per attempt of the learner', () => {
    const registration = (data: KnownData) => render([event(data)]).context.registration;
    const own = '6545B4F6-cf61-5107-9976-7ff7a6a6fa78';
    expect(registration({ registrationId: own })).toBe(own);
    expect(registration({ registrationId: 'reg_1' })).toBe(registration({ attempt: 1 }));
    expect(registration({ attempt: 2 })).not.toBe(registration({ attempt: 1 }));
    expect(registration({ learnerId: 'm' })).not.toBe(registration({}));
  });

  it('has no result when there is nothing to say, and no name of a course without a title', () => {
    const statement = render([event({ course: { title: '' } }, 'session.launched')]);
    expect(statement).not.toHaveProperty('result');
    expect(statement.object.definition).not.toHaveProperty('name');
  });

  it('says that a course is completed only when its completion is known', () => {
    expect(resultOf({ completionStatus: 'completed' })).toEqual({ completion: true });
    const passed = { completionStatus: 'unknown', successStatus: 'passed' };
    expect(resultOf(passed)).toEqual({ success: true });
    expect(resultOf({ successStatus: 'failed' })).toEqual({ success: false });
  });

  it.each([
    [0, 0],
    [0.29, 29],
    [0.57, 57],
    [0.9999, 99],
    [1, 100],
  ])('of a progress of %s says %s percent', (progressMeasure, percent) => {
    const { extensions } = resultOf({ progressMeasure }, 'session.progress');
    expect(Object.values(extensions)).toEqual([percent]);
  });

  it('leaves progress out once the course is completed', () => {
    const done = { progressMeasure: 1, completionStatus: 'completed' };
    expect(resultOf(done, 'session.progress')).toBeUndefined();
  });
});

describe('the score of a statement', () => {
  it.each<[string, KnownData, object | undefined]>([
    ['is as reported', { scoreScaled: -0.5, scoreRaw: 9 }, { scaled: -0.5, raw: 9 }],
    [
      'is computed',
      { scoreRaw: 15, scoreMin: 10, scoreMax: 20 },
      { scaled: 0.5, raw: 15, min: 10, max: 20 },
    ],
    ['is computed from 0', { scoreRaw: 5, scoreMax: 20 }, { scaled: 0.25, raw: 5, max: 20 }],
    ['is raw alone without a maximum', { scoreRaw: 5 }, { raw: 5 }],
    ['is not computed where the maximum is 0', { scoreRaw: -5, scoreMax: 0 }, { raw: -5, max: 0 }],
    ['is not computed below −1', { scoreRaw: -50, scoreMax: 20 }, { raw: -50, max: 20 }],
    [
      'has no bounds that are equal',
      { scoreScaled: 1, scoreRaw: 5, scoreMin: 5, scoreMax: 5 },
      { scaled: 1 },
    ],
    [
      'has no raw above max',
      { scoreScaled: 1, scoreRaw: 6, scoreMin: 0, scoreMax: 5 },
      { scaled: 1 },
    ],
    [
      'has no raw below min',
      { scoreScaled: 0, scoreRaw: -1, scoreMin: 0, scoreMax: 5 },
      { scaled: 0 },
    ],
    ['is left out when only its bounds are known', { scoreMin: 0, scoreMax: 5 }, undefined],
  ])('%s', (_what, data, score) => {
    expect(resultOf(data, 'session.scored')?.score).toEqual(score);
  });
});

describe('a completed session in two statements', () => {
  const split = (data: KnownData) => render([event(data)], { style: 'split' });

  it('says completion in the first, success and score in the second', () => {
    const data = { completionStatus: 'completed', successStatus: 'failed', scoreScaled: 0.2 };
    const [completed, failed] = split(data);
    expect(completed.result).toEqual({ completion: true });
    expect(failed).toMatchObject({
      verb: { id: 'http://adlnet.gov/expapi/verbs/failed' },
      result: { success: false, score: { scaled: 0.2 } },
    });
    expect(failed.id).not.toBe(completed.id);
  });

  it('is one statement with the score when success is not known', () => {
    const result = { score: { scaled: 0.2 }, completion: true };
    expect(split({ completionStatus: 'completed', scoreScaled: 0.2 })).toMatchObject({ result });
  });
});

describe('a batch', () => {
  it('is one array of the statements of all its events, in their order', () => {
    const events = [
      event({}, 'session.launched', '1'),
      event({}, 'session.completed', '2'),
    ] as const;
    const statements: { verb: { id: string } }[] = render(events);
    const verbs = statements.map(({ verb }) => verb.id.split('/').at(-1));
    expect(verbs).toEqual(['launched', 'completed']);
  });

  it('never has one id twice, for which an LRS refuses all of it', () => {
    expect(render([event({}), event({}), event({}, 'session.completed', '2')])).toHaveLength(2);
  });

  it('of one event is an array too', () => {
    expect(JSON.parse(xapi.body({ ...input([event({})]), isBatch: true }))).toHaveLength(1);
  });
});

describe('statements go', () => {
  it.each([
    ['https://lrs.example/xapi', 'https://lrs.example/xapi/statements'],
    ['https://lrs.example/xapi/', 'https://lrs.example/xapi/statements'],
    ['https://lrs.example', 'https://lrs.example/statements'],
    ['https://lrs.example/xapi?key=1', 'https://lrs.example/xapi/statements?key=1'],
    ['https://lrs.example/xapi/statements', 'https://lrs.example/xapi/statements'],
    ['https://lrs.example/xapi/statements/', 'https://lrs.example/xapi/statements/'],
    ['https://lrs.example/mystatements', 'https://lrs.example/mystatements/statements'],
  ])('from %s to %s', (endpoint, url) => {
    expect(xapi.url!(endpoint)).toBe(url);
  });
});
