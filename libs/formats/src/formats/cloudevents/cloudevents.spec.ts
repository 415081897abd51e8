import { EVENT_TYPES } from '@schoolbell/catalogue';
import { CloudEvent, HTTP } from 'cloudevents';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventToSend } from '../../contract/event-to-send.js';
import type { FormatInput } from '../../contract/wire-format.js';
import { cloudevents } from './cloudevents.js';
import { subjectOf } from './subject-of.js';

const IRI = 'https://acme.example';

function eventOf(type: string, data: object): EventToSend {
  const payload = JSON.stringify(data);
  return {
    id: 'evt_01knvxb0r0f978r8avfpf3y802',
    uuid: '019d77d5-8300-7a4e-8c21-5b7d9e3f2002',
    deliveryId: 'dlv_01knvxb0r1fnhvhsbxkwd2pg04',
    type,
    occurredAt: new Date('2026-04-10T14:32:00Z'),
    payload,
    data: JSON.parse(payload),
  };
}

function inputOf(
  events: FormatInput['events'],
  { mode = 'structured', isBatch = false, iri = IRI } = {},
): FormatInput {
  return {
    events,
    isBatch,
    context: {
      webhook: { uuid: '', number: 1, settings: { mode } },
      tenant: { id: '', uuid: '', iri, domain: '', scormApiTenantId: '' },
    },
  };
}

/** What a receiver with the SDK of CloudEvents gets. */
function received(input: FormatInput): CloudEvent<unknown> | CloudEvent<unknown>[] {
  const headers = Object.fromEntries(
    [['content-type', cloudevents.contentType(input)] as const, ...cloudevents.headers!(input)].map(
      ([name, value]) => [name.toLowerCase(), value],
    ),
  );
  return HTTP.toEvent({ headers, body: cloudevents.body(input) }) as CloudEvent<unknown>;
}

describe.each(EVENT_TYPES)('the CloudEvents SDK understands $name', ({ name, example }) => {
  const event = eventOf(name, example);

  it.each(['structured', 'binary'])('in %s mode', (mode) => {
    const got = received(inputOf([event], { mode })) as CloudEvent<unknown>;
    expect(got.validate()).toBe(true);
    expect(got).toMatchObject({
      id: event.id,
      source: IRI,
      type: name,
      time: '2026-04-10T14:32:00.000Z',
      data: example,
    });
    expect(got.subject).toBe(subjectOf(event.data));
  });

  it('in a batch', () => {
    const got = received(inputOf([event, event], { isBatch: true })) as CloudEvent<unknown>[];
    expect(got.map(({ data }) => data)).toEqual([example, example]);
  });
});

describe('a CloudEvent', () => {
  it('has a subject that comes back from its header, whatever the id', () => {
    const ids = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ids, (sessionId) => {
        const event = eventOf('session.launched', { sessionId });
        fc.pre(subjectOf(event.data) !== undefined);
        const headers = new Map(cloudevents.headers!(inputOf([event], { mode: 'binary' })));
        const value = headers.get('ce-subject')!;
        expect(value).toMatch(/^[\x21-\x7e]+$/);
        expect(value).not.toContain('"');
        expect(decodeURIComponent(value)).toBe(sessionId);
      }),
    );
  });

  it('has a source in ASCII also where the tenant’s IRI is not', () => {
    const input = inputOf([eventOf('user.created', {})], { iri: 'https://acme.example/schüler' });
    expect(JSON.parse(cloudevents.body(input)).source).toBe('https://acme.example/sch%C3%BCler');
  });

  it.each([
    ['its session', { userId: 'u', packageId: 'p', sessionId: 's' }, 's'],
    ['its enrollment', { userId: 'u', courseId: 'c', enrollmentId: 'e' }, 'e'],
    ['its package', { packageId: 'p', title: 'T' }, 'p'],
    ['its delivery', { webhookId: 'w', eventId: 'e', deliveryId: 'd' }, 'd'],
    ['its user', { userId: 'u', sessionId: null, packageId: 7 }, 'u'],
    ['nothing', { period: '2026-11', deliveryId: 'a\u0000' }, undefined],
  ])('is about %s', (_, data, subject) => {
    expect(JSON.parse(cloudevents.body(inputOf([eventOf('t', data)]))).subject).toBe(subject);
  });

  it('goes in a batch that is named by its members’ type, or by none when they differ', () => {
    const [launched, scored] = [eventOf('session.launched', {}), eventOf('session.scored', {})];
    expect(cloudevents.batches?.eventName?.([launched, launched])).toBe('session.launched');
    expect(cloudevents.batches?.eventName?.([launched, scored])).toBe('batch');
  });

  it('is structured in a batch, whatever the mode', () => {
    const input = inputOf([eventOf('user.created', {})], { mode: 'binary', isBatch: true });
    expect(cloudevents.contentType(input)).toBe('application/cloudevents-batch+json');
    expect(cloudevents.headers!(input)).toEqual([]);
  });
});
