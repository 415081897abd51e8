import { eventTypeNamed, type EventData } from '@schoolbell/catalogue';
import { toTypeId } from '@schoolbell/ids';
import { formatNamed, withDefaults, type EventToSend, type FormatInput } from '@schoolbell/formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { startLrs } from '../../support/index.js';
import { statementFaults } from '../../support/lrs/statement-faults.js';

const xapi = formatNamed('xapi')!;
const ajv = new Ajv2020();

const lrs = await startLrs();
afterAll(() => lrs.close());

/** Realistic texts of learners, courses and runtimes, and texts that nobody expects. */
const text = (maxLength: number) =>
  fc.oneof(
    fc.constantFrom('learner-42', 'Pkg 1/ä', '🎓', '../..', '%', 'a?b#c', '"\\', '__proto__', '0'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength }),
  );
const id = text(60);
const title = fc.oneof(fc.constant(''), text(30));
const number = fc.oneof(
  fc.constantFrom(0, -0, 1, 100, 0.1, 1e-7),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
);
const scaled = fc.double({ noNaN: true, min: -1, max: 1 });
const duration = fc.constantFrom(
  'PT0S',
  'PT12M34.567S',
  'P1DT1H',
  'P4W',
  'P1Y',
  '0012:34:56.78',
  '00:90:61',
);
const email = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom('zoë@acme.example', 'a@b', 'a@b.c', "o'b@a.co"),
);

/** Data of every session type, some of which the catalogue refuses. */
const sessionData = fc.record(
  {
    sessionId: id,
    packageId: id,
    learnerId: id,
    completionStatus: fc.constantFrom('completed', 'incomplete', 'not attempted', 'unknown'),
    lessonStatus: fc.constantFrom('passed', 'completed', 'failed', 'incomplete', 'browsed'),
    successStatus: fc.constantFrom('passed', 'failed', 'unknown'),
    registrationId: fc.oneof(fc.uuid(), fc.constant('00000000-0000-0000-0000-000000000000'), id),
    attempt: fc.integer({ min: 1, max: 1e9 }),
    progressMeasure: fc.double({ noNaN: true, min: 0, max: 1 }),
    scoreScaled: scaled,
    scoreRaw: number,
    scoreMin: number,
    scoreMax: number,
    totalTime: duration,
    learner: fc.record({ email, firstName: title }, { requiredKeys: [] }),
    course: fc.record({ id, title }, { requiredKeys: [] }),
  },
  { requiredKeys: ['sessionId', 'packageId', 'learnerId'] },
);

const TYPES = xapi.carries as readonly string[];
const schemaAccepts = new Map(
  TYPES.map((type) => [type, ajv.compile(eventTypeNamed(type)!.schema)] as const),
);

/** The data as the catalogue stores it; `undefined` if it refuses it. */
function accepted(type: string, data: EventData): EventData | undefined {
  if (!schemaAccepts.get(type)!(data)) return undefined;
  const prepared = eventTypeNamed(type)!.prepare(data);
  return prepared.ok ? prepared.data : undefined;
}

const event = fc
  .record({ type: fc.constantFrom(...TYPES), uuid: fc.uuid({ version: 7 }), data: sessionData })
  .map(({ type, uuid, data }) => ({ type, uuid, data: accepted(type, data) }))
  .filter(({ data }) => data !== undefined)
  .map(({ type, uuid, data }): EventToSend => {
    const payload = JSON.stringify(data);
    return {
      id: toTypeId('event', uuid),
      uuid,
      deliveryId: toTypeId('delivery', uuid),
      type,
      occurredAt: new Date('2026-04-10T14:32:00.000Z'),
      payload,
      data: JSON.parse(payload),
    };
  });

const settings = fc.record({
  version: fc.constantFrom('1.0.3', '2.0.0'),
  style: fc.constantFrom('single', 'split'),
  actor: fc.constantFrom('account', 'mbox'),
});

function input(events: FormatInput['events'], given: object): FormatInput {
  const uuid = '01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001';
  return {
    events,
    isBatch: events.length > 1,
    context: {
      webhook: { uuid, number: 1, settings: withDefaults(xapi.settings, given, 1) },
      tenant: { id: '', uuid, iri: 'https://acme.example', domain: '', scormApiTenantId: '' },
    },
  };
}

it('whatever event of a session is accepted, a Learning Record Store has no fault to find', () => {
  let statements = 0;
  fc.assert(
    fc.property(event, settings, (one, given) => {
      for (const statement of [JSON.parse(xapi.body(input([one], given)))].flat()) {
        expect(statementFaults(statement, given.version)).toEqual([]);
        statements++;
      }
    }),
    { numRuns: 1000 },
  );
  expect(statements).toBeGreaterThan(1000);
});

it('an LRS stores the statements of events, a batch at a time, and again when the batch is repeated', async () => {
  const batch = fc.array(event, { minLength: 2, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(batch, settings, async (events, given) => {
      const batchInput = input(events as [EventToSend, ...EventToSend[]], given);
      const body = xapi.body(batchInput);
      const ids = (JSON.parse(body) as { id: string }[]).map((statement) => statement.id);
      const before = lrs.statements.length;
      for (const kept of [before + ids.length, before + ids.length]) {
        const response = await fetch(xapi.url!(lrs.url), {
          method: 'POST',
          headers: {
            ...Object.fromEntries(xapi.headers!(batchInput)),
            'Content-Type': 'application/json',
            Authorization: `Basic ${btoa('key:secret')}`,
          },
          body,
        });
        expect(await response.json()).toEqual(ids);
        expect(lrs.statements).toHaveLength(kept);
      }
    }),
    { numRuns: 20 },
  );
});
