import { EVENT_TYPES, type EventData, type EventType } from '@schoolbell/catalogue';
import { uuidV7 } from '@schoolbell/ids';
import { type EventRecord, type WebhookAuthentication } from '@schoolbell/delivery';
import { generateSecret } from '@schoolbell/signing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireFormat } from './contract/wire-format.js';
import { carries, FORMATS } from './formats.js';
import { formatInput } from './request/format-input.js';
import { renderBody, renderRequest, type AttemptToRender } from './request/render-request.js';

/** What a JSON Schema says of fields that must be there. */
interface Needs {
  required?: string[];
  anyOf?: { required: string[] }[];
}

/** The body of the others comes from a template. */
const RENDERING = FORMATS.filter((format) => !format.templated);

const CREDENTIALS = { username: 'postback', password: 's3cret' };

const AUTHENTICATIONS: Partial<Record<WebhookAuthentication['type'], WebhookAuthentication>> = {
  signature: { type: 'signature' },
  basic: { type: 'basic', ...CREDENTIALS },
  form: { type: 'form', ...CREDENTIALS },
};

function eventOf(type: string, data: unknown): EventRecord {
  const occurredAt = new Date('2026-04-10T14:32:00.999Z');
  const tenantId = uuidV7();
  const payload = JSON.stringify(data);
  return { id: uuidV7(), tenantId, type, occurredAt, acceptedAt: occurredAt, payload };
}

function attemptOf(format: WireFormat, event: EventRecord, isBatch = false): AttemptToRender {
  const member = { deliveryId: uuidV7(), event };
  return {
    delivery: {
      id: uuidV7(),
      event,
      attemptNumber: 1,
      test: false,
      ...(isBatch && { members: [member, member] }),
    },
    webhook: {
      id: uuidV7(),
      tenantId: event.tenantId,
      number: 1,
      url: 'https://receiver.example/hooks',
      format: format.name,
      formatSettings: {},
      authentication: AUTHENTICATIONS[format.authentications[0]!] ?? AUTHENTICATIONS.basic!,
      headers: {},
      secrets: { current: generateSecret() },
      tenantIri: null,
      tenantDomain: null,
      scormApiTenantId: null,
    },
    now: Date.now(),
  };
}

/** The JSON of a body, also of one that is a form. */
function jsonOf(attempt: AttemptToRender): unknown {
  const { body, headers } = renderRequest(attempt);
  const text = body.toString('utf8');
  const isForm = headers.some(([, value]) => value.startsWith('application/x-www-form'));
  return JSON.parse(isForm ? new URLSearchParams(text).get('data')! : text);
}

function hasNull(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  return value === null || Object.values(value).some(hasNull);
}

describe.each(RENDERING)('$name', (format) => {
  const types = EVENT_TYPES.filter(({ name }) => carries(format, name));

  it.each(types)('has a body for $name: JSON without null, the same when shown', (type) => {
    const attempt = attemptOf(format, eventOf(type.name, type.example));
    expect(hasNull(jsonOf(attempt))).toBe(false);
    if (attempt.webhook.authentication.type === 'form') return;
    const { body, renderedWith } = renderRequest(attempt);
    expect(renderBody(format.name, attempt.delivery, renderedWith)).toBe(body.toString('utf8'));
  });

  it('names every header that it sets', () => {
    const [type] = types;
    const { delivery, webhook } = attemptOf(format, eventOf(type!.name, type!.example));
    const given = format.headers?.(formatInput(format, delivery, webhook)) ?? [];
    for (const [name] of given) expect(format.headerNames).toContain(name);
  });
});

describe.each(RENDERING.filter((format) => format.batches))('a batch in $name', (format) => {
  const types = EVENT_TYPES.filter(({ name }) => carries(format, name));

  it.each(types)('of $name is JSON without null', (type) => {
    const attempt = attemptOf(format, eventOf(type.name, type.example), true);
    expect(hasNull(jsonOf(attempt))).toBe(false);
  });
});

describe.each(FORMATS.filter((format) => format.carries === 'all'))(
  'an event type of one’s own in $name',
  (format) => {
    it('goes out with its `type` and its `data` under these names, whatever is in the fields that formats know', () => {
      const surprises = fc.oneof(fc.jsonValue(), fc.constantFrom(null, 42, '', 'a\n', {}, []));
      const known = fc.constantFrom('sessionId', 'userId', 'learner', 'course', 'score', 'id');
      fc.assert(
        fc.property(fc.dictionary(known, surprises), (data) => {
          const attempt = attemptOf(format, eventOf('order.placed', data));
          const template = { context: 'the template’s own' };
          const { body, headers } = renderRequest({
            ...attempt,
            ...(format.templated && { renderedBody: JSON.stringify(template) }),
          });
          const sent = format.templated ? template : { type: 'order.placed', data };
          expect(JSON.parse(body.toString())).toMatchObject(JSON.parse(JSON.stringify(sent)));
          expect(headers).toContainEqual(['X-Schoolbell-Event', 'order.placed']);
        }),
        { numRuns: 50 },
      );
    });
  },
);

const IDS_AND_TITLES = [
  'sessionId',
  'packageId',
  'learnerId',
  'userId',
  'courseId',
  'enrollmentId',
  'registrationId',
  'dispatchId',
  'adminId',
  'certificateId',
  'competencyId',
  'title',
  'version',
];

/** Formats that pass `data` on as it is pass on the nulls that the runtime service wrote. */
const MAPPING = RENDERING.filter((format) => format.carries !== 'all');

describe('whatever the catalogue accepts', () => {
  const id = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.nat().map(String),
    fc.constantFrom('9007199254740993', '00', '1e400', '__proto__', '𝕏'.repeat(255)),
  );
  const value = fc.oneof(id, fc.constantFrom(null, 5, true, [null], {}), fc.jsonValue());
  const optional = { requiredKeys: [] };
  const known = {
    learner: fc.record({ email: fc.emailAddress(), firstName: id, externalId: id }, optional),
    course: fc.record({ id, title: id, code: id }, optional),
    certificate: fc.record(
      { issued: fc.boolean(), expiryDate: fc.constant('2027-04-10') },
      optional,
    ),
    successStatus: fc.constantFrom('passed', 'failed', 'unknown'),
    completionStatus: fc.constantFrom('completed', 'incomplete', 'not attempted', 'unknown'),
    totalTime: fc.constantFrom('PT12M34S', 'P999999999999999Y', 'PT0.1S'),
    completedAt: fc.constantFrom(
      '0000-01-01T00:00:00+23:59',
      '9999-12-31T23:59:59.999999999-23:59',
    ),
    progressMeasure: fc.double({ min: 0, max: 1, noNaN: true }),
    scoreScaled: fc.double({ min: -1, max: 1, noNaN: true }),
    scoreRaw: fc.double({ min: 0, max: 100, noNaN: true }),
    scoreMin: fc.constantFrom(0, Number.MIN_SAFE_INTEGER),
    scoreMax: fc.constantFrom(100, Number.MAX_SAFE_INTEGER),
    source: fc.constantFrom('self', 'admin'),
    ...Object.fromEntries(IDS_AND_TITLES.map((name) => [name, id])),
  };
  // Of a type that has no such field, the catalogue takes any value under its name.
  const names = Object.keys(known);
  const stray = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 2 });

  /** The example, or what is left of it without some of the fields that need not be there. */
  function lean({ schema, example }: EventType) {
    const { required = [], anyOf = [] } = schema as Needs;
    const needed = [...required, ...anyOf.flatMap((one) => one.required)];
    const constants = Object.entries(example).map(([name, it]) => [name, fc.constant(it)] as const);
    const requiredKeys = Object.keys(example).filter((name) => needed.includes(name));
    return fc.record(Object.fromEntries(constants), { requiredKeys });
  }

  function given(type: EventType) {
    const fields = Object.keys((type.schema as { properties: object }).properties);
    const own = Object.fromEntries(Object.entries(known).filter(([name]) => fields.includes(name)));
    const foreign = stray.map((data) =>
      Object.fromEntries(Object.entries(data).filter(([name]) => !fields.includes(name))),
    );
    return fc.tuple(lean(type), foreign, fc.record(own, optional)).map((parts) => {
      return Object.assign({}, ...parts) as EventData;
    });
  }

  const ajv = new Ajv2020({ strictTypes: false });
  const cases = MAPPING.flatMap((format) =>
    EVENT_TYPES.filter(({ name }) => carries(format, name)).map((type) => ({ format, type })),
  );

  it.each(cases)('of $type.name renders in $format.name, without null', ({ format, type }) => {
    const fits = ajv.compile(type.schema);
    let accepted = 0;
    fc.assert(
      fc.property(given(type), (data) => {
        if (!fits(data) || !type.prepare(data).ok) return;
        accepted += 1;
        expect(hasNull(jsonOf(attemptOf(format, eventOf(type.name, data))))).toBe(false);
      }),
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
