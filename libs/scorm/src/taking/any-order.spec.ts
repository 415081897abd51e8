import { isDeepStrictEqual } from 'node:util';
import { eventTypeNamed } from '@schoolbell/catalogue';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptState } from '../attempt/attempt-state.js';
import { provesCompletion } from '../attempt/standing-changes.js';
import {
  NEW_ATTEMPT,
  openLaunch,
  readCommit,
  scoIdOf,
  scoIdsOf,
  sessionData,
  takeCommit,
  type CmiCommit,
  type CommitPlace,
  type ScormRules,
  type SessionFact,
} from '../index.js';
import { isForCredit } from './is-for-credit.js';
import { judgeStanding } from './judge-standing.js';

const SCOS = ['sco_1', 'sco_2', '__proto__'];
const NUMBERS = ['', '0', '-0', '0.5', '1', '-1', '50', '80', '100', '1e2', 'NaN', '9'.repeat(30)];
const TIMES = ['', 'PT0S', 'PT5M', '00:07:30.5', 'P1Y', 'P99999Y', 'PT0.001S', 'long'];

const number = fc.constantFrom(...NUMBERS);
const time = fc.constantFrom(...TIMES);
const location = fc.constantFrom('', 'p1', 'p2', '\u0000', '\ud800');
const score = fc.record({ raw: number, min: number, max: number, scaled: number });
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));

const SCORM_12 = fc.record({
  core: fc.record({
    lesson_status: fc.constantFrom(
      'passed',
      'completed',
      'failed',
      'incomplete',
      'browsed',
      'not attempted',
      '',
      'odd',
    ),
    lesson_location: location,
    lesson_mode: mostly('normal', 'browse', 'review', ''),
    credit: mostly('credit', 'no-credit', ''),
    score,
    session_time: time,
    total_time: time,
  }),
  student_data: fc.record({ mastery_score: number }),
});
const SCORM_2004 = fc.record({
  completion_status: fc.constantFrom('completed', 'incomplete', 'not attempted', 'unknown', ''),
  success_status: fc.constantFrom('passed', 'failed', 'unknown', ''),
  mode: mostly('normal', 'browse', 'review'),
  credit: mostly('credit', 'no-credit'),
  score,
  location,
  session_time: time,
  total_time: time,
  progress_measure: number,
  completion_threshold: number,
  scaled_passing_score: number,
});
const BODY = fc.record({
  cmi: fc.oneof(SCORM_12, SCORM_2004),
  scoId: fc.constantFrom(...SCOS),
  isTerminate: fc.boolean(),
});

interface Delivery {
  launchKey: string;
  commit: CmiCommit;
  isOldAttempt: boolean;
}

interface Run {
  /** What arrives: in any order, again, or not at all. */
  deliveries: Delivery[];
  rules: ScormRules;
  /** What every launch names; none: the SCO is nameless. */
  scos: string[];
}

const LAUNCH = fc.array(BODY, { minLength: 1, maxLength: 5 });
const RUN: fc.Arbitrary<Run> = fc
  .record({
    launches: fc.array(LAUNCH, { minLength: 1, maxLength: 4 }),
    hasSequences: fc.boolean(),
    rules: fc.record({ completionOnFailed: fc.boolean(), applyThresholds: fc.boolean() }),
    scos: fc.subarray(SCOS),
  })
  .chain(({ launches, hasSequences, ...rest }) => {
    const sent = launches.flatMap((bodies, launch) =>
      bodies.map((body, at) => ({
        launchKey: `L${launch}`,
        commit: read(body, hasSequences ? at + 1 : undefined),
      })),
    );
    const arrived = fc.record({ of: fc.nat(sent.length - 1), isOldAttempt: mostly(false, true) });
    return fc.record({
      deliveries: fc
        .array(arrived, { maxLength: 25 })
        .map((list) => list.map(({ of, isOldAttempt }) => ({ ...sent[of]!, isOldAttempt }))),
      rules: fc.constant(rest.rules),
      scos: fc.constant(rest.scos),
    });
  });

function read(body: object, sequence: number | undefined): CmiCommit {
  const result = readCommit(JSON.parse(JSON.stringify(body)), { sequence });
  if (!result.ok) throw new Error(result.message);
  return result.commit;
}

interface Taken {
  commit: CmiCommit;
  place: CommitPlace;
  before: AttemptState;
  after: AttemptState;
  facts: SessionFact[];
}

/** Every state goes through JSON, as a store has it. */
function deliver({ deliveries, rules, scos }: Run): Taken[] {
  let text = JSON.stringify(NEW_ATTEMPT);
  const launches = new Map<string, number>();
  return deliveries.map(({ launchKey, commit, isOldAttempt }) => {
    if (!launches.has(launchKey)) {
      const opened = openLaunch(JSON.parse(text), scoIdsOf({ scos }));
      launches.set(launchKey, opened.launch);
      text = JSON.stringify(opened.attempt);
    }
    const launch = launches.get(launchKey)!;
    const scoId = scoIdOf(commit, { scos });
    const place = { launch, scoId, scos, rules, isOldAttempt };
    const before = JSON.parse(text) as AttemptState;
    const { attempt: after, facts } = takeCommit(deepFrozen(before), commit, place);
    text = JSON.stringify(after);
    return { commit, place, before, after, facts };
  });
}

function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}

function isProof({ commit, place }: Taken): boolean {
  return isForCredit(commit) && provesCompletion(judgeStanding(commit, place.rules));
}

const ajv = new Ajv2020({ allErrors: true });
const accepts = Object.fromEntries(
  ['session.progress', 'session.scored', 'session.completed'].map((name) => {
    const type = eventTypeNamed(name)!;
    const validate = ajv.compile(type.schema);
    return [
      name,
      (data: Record<string, unknown>) => {
        expect(validate(data), ajv.errorsText(validate.errors)).toBe(true);
        expect(type.prepare(data)).toMatchObject({ ok: true, data });
      },
    ];
  }),
);

const RUNS = { numRuns: 150 };

describe('commits of many launches, in any order, repeated and lost', () => {
  it('complete the attempt once if they prove it, whichever of them does, and else never', () => {
    fc.assert(
      fc.property(RUN, (run) => {
        const taken = deliver(run);
        const completed = taken.flatMap(({ facts }) =>
          facts.filter(({ type }) => type === 'session.completed'),
        );
        const proven = new Set(taken.filter(isProof).map(({ place }) => place.scoId));
        const expected = run.scos.length > 0 ? run.scos : [''];
        const isWhole = expected.every((scoId) => proven.has(scoId));
        expect(completed).toHaveLength(isWhole ? 1 : 0);
        if (isWhole) expect(completed[0]!.data).not.toHaveProperty('scoId');
      }),
      RUNS,
    );
  });

  it('change nothing but what is proven when they come too late', () => {
    fc.assert(
      fc.property(RUN, (run) => {
        const counted = new Map<string, { launch: number; sequence: number }>();
        for (const { commit, place, before, after, facts } of deliver(run)) {
          const last = counted.get(place.scoId) ?? { launch: 0, sequence: 0 };
          const { launch, scoId } = place;
          const sequence = commit.sequence ?? Number.POSITIVE_INFINITY;
          const isRepeat = launch === last.launch && sequence <= last.sequence;
          const isOld = launch < before.launches || (isRepeat && Number.isFinite(sequence));
          if (!isOld && !place.isOldAttempt) {
            counted.set(scoId, { launch, sequence });
            continue;
          }
          expect(facts.filter(({ type }) => type !== 'session.completed')).toEqual([]);
          expect(withoutProof(after)).toStrictEqual(withoutProof(before));
        }
      }),
      RUNS,
    );
  });

  it('give events that the catalogue takes, in order, and of a score only where there is one', () => {
    const ids = { sessionId: 's', packageId: 'p', learnerId: 'l' };
    fc.assert(
      fc.property(RUN, (run) => {
        for (const { facts } of deliver(run)) {
          const types = facts.map(({ type }) => type);
          expect(types).toEqual(
            Object.keys(accepts).filter((type) => types.includes(type as never)),
          );
          for (const fact of facts) accepts[fact.type]!(sessionData(ids, fact));
        }
      }),
      RUNS,
    );
  });

  it('lead to the same whenever they are taken, and to a state that a store gives back as it is', () => {
    fc.assert(
      fc.property(RUN, (run) => {
        for (const { commit, place, before, after, facts } of deliver(run)) {
          const again = takeCommit(before, commit, place);
          expect(isDeepStrictEqual(again, { attempt: after, facts })).toBe(true);
          expect(isDeepStrictEqual(JSON.parse(JSON.stringify(after)), after)).toBe(true);
          expect(after === before).toBe(isDeepStrictEqual(before, after));
        }
      }),
      RUNS,
    );
  });
});

function withoutProof({ scos, launches }: AttemptState): unknown {
  return { launches, scos: Object.entries(scos).map(([id, sco]) => [id, { ...sco, done: true }]) };
}
