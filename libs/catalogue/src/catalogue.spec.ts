import { Ajv2020 } from 'ajv/dist/2020.js';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventData } from './event-data.js';
import type { EventType } from './event-type.js';
import { EVENT_TYPES, EVENT_TYPE_NAMES, eventTypeNamed } from './event-types.js';

const ajv = new Ajv2020({ allErrors: true });

function schemaAccepts(type: EventType): (data: unknown) => boolean {
  const validate = ajv.compile(type.schema);
  return (data) => validate(data);
}

function classAccepts(type: EventType, data: EventData): boolean {
  return validateSync(plainToInstance(type.dataClass, data)).length === 0;
}

describe('the catalogue', () => {
  it('has the types that are documented, and no others', () => {
    expect(EVENT_TYPE_NAMES.toSorted()).toEqual([
      'certificate.awarded',
      'competency.awarded',
      'delivery.dead',
      'enrollment.completed',
      'enrollment.created',
      'package.processing.completed',
      'package.processing.failed',
      'package.updated',
      'session.completed',
      'session.launched',
      'session.progress',
      'session.scored',
      'usage.threshold',
      'user.created',
      'webhook.paused',
    ]);
  });

  it('finds a type by its name and nothing by another', () => {
    expect(eventTypeNamed('session.completed')?.name).toBe('session.completed');
    expect(eventTypeNamed('session.created')).toBeUndefined();
    expect(eventTypeNamed('constructor')).toBeUndefined();
  });

  it('says which types Schoolbell emits itself', () => {
    const own = EVENT_TYPES.filter((type) => type.emittedBy === 'schoolbell');
    expect(own.map((type) => type.name)).toEqual([
      'usage.threshold',
      'webhook.paused',
      'delivery.dead',
    ]);
  });
});

const SCORES = ['scoreScaled', 'scoreRaw', 'scoreMin', 'scoreMax'];
const LEARNING = ['learner', 'course', 'certificate', 'successStatus'];
const SESSION = (
  'sessionId packageId learnerId dispatchId registrationId attempt launchId scoId mode credit entry ' +
  'progressMeasure totalTime sessionTime completionStatus lessonStatus'
)
  .split(' ')
  .concat(SCORES, LEARNING);
const PACKAGE = ['packageId', 'title', 'version', 'scormVersion', 'revision'];
const ENROLLMENT = ['enrollmentId', 'userId', 'courseId', 'source', 'adminId', ...LEARNING];

describe('a type checks the fields that are documented, and no others', () => {
  it.each([
    ['session.launched', SESSION],
    ['session.progress', SESSION],
    ['session.scored', SESSION],
    ['session.completed', SESSION],
    ['package.updated', PACKAGE],
    ['package.processing.completed', [...PACKAGE, 'launchUrl', 'fileSizeBytes']],
    ['package.processing.failed', ['packageId', 'error', 'errorCode']],
    ['usage.threshold', ['period', 'launches', 'limit', 'percent']],
    ['user.created', ['userId', 'learner']],
    ['enrollment.created', ENROLLMENT],
    ['enrollment.completed', [...ENROLLMENT, ...SCORES, 'completedAt']],
    [
      'certificate.awarded',
      ['certificateId', 'userId', 'courseId', 'adminId', 'expiryDate', ...LEARNING],
    ],
    ['competency.awarded', ['competencyId', 'userId', 'adminId', ...LEARNING]],
    ['webhook.paused', ['webhookId', 'reason', 'consecutiveFailures', 'lastError']],
    ['delivery.dead', ['deliveryId', 'webhookId', 'eventId', 'eventType', 'attempts', 'lastError']],
  ])('%s', (name, fields) => {
    const { properties } = eventTypeNamed(name)!.schema as { properties: object };
    expect(Object.keys(properties).toSorted()).toEqual(fields.toSorted());
  });
});

describe('how a package was launched', () => {
  const launched = eventTypeNamed('session.launched')!;
  const accepts = schemaAccepts(launched);

  it.each([
    [{ mode: 'review', credit: 'no-credit', entry: 'resume' }, true],
    [{ entry: '' }, true],
    [{ entry: 'first' }, false],
    [{ mode: 'preview' }, false],
    [{ credit: true }, false],
  ])('is said in SCORM’s terms: %j is accepted: %s', (data, accepted) => {
    expect(accepts({ ...launched.example, ...data })).toBe(accepted);
  });
});

describe.each(EVENT_TYPES)('$name', (type) => {
  const accepts = schemaAccepts(type);

  it('has a one-line description', () => {
    expect(type.description).toMatch(/^[A-Z].{5,120}\.$/);
  });

  it('has an example that its class, its schema and its rules accept as it is', () => {
    expect(validateSync(plainToInstance(type.dataClass, type.example))).toEqual([]);
    expect(accepts(type.example)).toBe(true);
    expect(type.prepare(type.example)).toMatchObject({ ok: true, data: type.example });
  });

  it('keeps fields that it does not know', () => {
    const data = { ...type.example, cohort: { name: 'Spring', tags: [1, null] } };
    expect(accepts(data)).toBe(true);
    expect(type.prepare(data)).toMatchObject({ ok: true, data });
  });

  it('needs each of its required fields', () => {
    for (const field of type.schema['required'] as string[]) {
      const { [field]: _, ...rest } = type.example;
      expect(accepts(rest), field).toBe(false);
    }
  });

  it('has a schema that stands on its own and describes every field', () => {
    expect(JSON.stringify(type.schema)).not.toContain('$ref');
    for (const [field, schema] of Object.entries(type.schema['properties'] as object)) {
      expect(schema.type, field).toMatch(/^(string|number|integer|boolean|object)$/);
      expect(schema.description, field).toBeTruthy();
    }
  });

  it('is judged alike by its class and its schema, whatever the data', () => {
    fc.assert(
      fc.property(mutationsOf(type), (data) => {
        expect(accepts(data)).toBe(classAccepts(type, data));
      }),
      { numRuns: 150 },
    );
  });

  it('is prepared without an exception whatever its schema lets pass', () => {
    fc.assert(
      fc.property(mutationsOf(type), (data) => {
        fc.pre(accepts(data));
        const before = structuredClone(data);
        const prepared = type.prepare(data);
        expect(data).toEqual(before);
        if (prepared.ok) expect(accepts(prepared.data)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

/** The example of a type with up to three fields, also nested ones, set to something else or taken away. */
function mutationsOf(type: EventType): fc.Arbitrary<EventData> {
  const properties = type.schema['properties'] as Record<string, { properties?: object }>;
  const paths = Object.entries(properties).flatMap(([field, { properties: nested = {} }]) => [
    [field],
    ...Object.keys(nested).map((name) => [field, name]),
  ]);
  const mutation = fc.record({ path: fc.constantFrom(...paths), value: surprises });
  return fc.array(mutation, { maxLength: 3 }).map((mutations) => {
    const data = structuredClone(type.example);
    for (const { path, value } of mutations) set(data, path, value);
    return data;
  });
}

const ABSENT = Symbol('absent');
const surprises = fc.oneof(
  fc.constant(ABSENT),
  fc.constantFrom('', 'x'.repeat(255), 'x'.repeat(256), '🔔'.repeat(255), 'a\u0000', '\ud800'),
  fc.constantFrom('PT1H', 'P', 'PT', 'P2W', '0001:02:03.4', '1:02:03', 'PT1.5S', 'P1.5D'),
  fc.constantFrom('completed', 'passed', 'browsed', 'not attempted', 'unknown', 'self', '2026-11'),
  fc.constantFrom('2027-04-10', '2027-04-10T00:00:00Z', '2027-13-10T00:00:00Z', 'a@b', 'a b@c'),
  fc.constantFrom(-1.5, -1, -0, 0, 0.5, 1, 1.5, 80, 2 ** 53 - 1, 2 ** 53, 1e300),
  fc.constantFrom(null, true, [], {}, [{}], { id: 'x' }, { email: 7 }),
  fc.jsonValue(),
);

function set(data: EventData, [field, nested]: string[], value: unknown): void {
  if (nested === undefined) {
    assign(data, field!, value);
    return;
  }
  const child = data[field!];
  if (typeof child === 'object' && child !== null) assign(child as EventData, nested, value);
  else data[field!] = value === ABSENT ? {} : { [nested]: value };
}

function assign(data: EventData, field: string, value: unknown): void {
  if (value === ABSENT) delete data[field];
  else data[field] = structuredClone(value);
}
