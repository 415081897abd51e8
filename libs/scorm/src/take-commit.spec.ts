import { describe, expect, it } from 'vitest';
import type { AttemptState } from './attempt-state.js';
import {
  DEFAULT_SCORM_RULES,
  knownAttempt,
  NEW_ATTEMPT,
  openLaunch,
  readCommit,
  takeCommit,
  type CommitPlace,
  type GivenWithCommit,
  type ScormRules,
} from './index.js';

type Said = Record<string, unknown> & GivenWithCommit;

/** An attempt under test: what it is told, and what follows. */
class Attempt {
  #rules: ScormRules;

  constructor(
    public state: AttemptState = NEW_ATTEMPT,
    rules: Partial<ScormRules> = {},
  ) {
    this.#rules = { ...DEFAULT_SCORM_RULES, ...rules };
  }

  launch(...scoIds: string[]): number {
    const opened = openLaunch(this.state, scoIds.length > 0 ? scoIds : ['']);
    this.state = opened.attempt;
    return opened.launch;
  }

  /** @returns each event that follows, as `type` and the fields that differ from `Attempt.told` alone */
  told(cmi: Said, place: Partial<CommitPlace> = {}): (string | object)[][] {
    const { sequence, terminate, ...model } = cmi;
    const read = readCommit({ cmi: model }, { sequence, terminate });
    if (!read.ok) throw new Error(read.message);
    const { attempt, facts } = takeCommit(this.state, read.commit, {
      ...{ launch: this.state.launches, scoId: '', isOldAttempt: false },
      ...{ rules: this.#rules, ...place },
    });
    this.state = attempt;
    return facts.map(({ type, data }) => [type.replace('session.', ''), data]);
  }

  types(cmi: Said, place: Partial<CommitPlace> = {}): string {
    return this.told(cmi, place)
      .map(([type]) => type)
      .join();
  }
}

function launched(rules: Partial<ScormRules> = {}): Attempt {
  const attempt = new Attempt(NEW_ATTEMPT, rules);
  attempt.launch();
  return attempt;
}

function core(lesson_status: string, more: object = {}): Said {
  return { core: { lesson_status, ...more } };
}

const COMPLETED: Said = { completion_status: 'completed' };
const INCOMPLETE: Said = { completion_status: 'incomplete' };
const SCORED: Said = { completion_status: 'incomplete', score: { raw: '85' } };

describe('progress', () => {
  it.each([
    ['completion', { completion_status: 'completed' }],
    ['success', { success_status: 'failed' }],
    ['progress measure', { progress_measure: '0.6' }],
    ['scaled score', { score: { scaled: '0.6', raw: '50' } }],
    ['raw score', { score: { scaled: '0.5', raw: '60' } }],
    ['lowest score', { score: { scaled: '0.5', raw: '50', min: '0' } }],
    ['highest score', { score: { scaled: '0.5', raw: '50', max: '100' } }],
    ['score that is gone', { score: {} }],
    ['location', { location: 'p4' }],
    ['location that is gone', { location: '' }],
  ])('follows when this differs: %s', (_, change) => {
    const first = {
      completion_status: 'incomplete',
      progress_measure: '0.5',
      score: { scaled: '0.5', raw: '50' },
      location: 'p3',
    };
    const attempt = launched();
    expect(attempt.types(first)).toContain('progress');
    expect(attempt.types(first)).toBe('');
    expect(attempt.types({ ...first, ...change })).toContain('progress');
  });

  it('does not follow when only the time differs', () => {
    const attempt = launched();
    attempt.told({ ...INCOMPLETE, session_time: 'PT1M' });
    expect(attempt.types({ ...INCOMPLETE, session_time: 'PT2M' })).toBe('');
    expect(attempt.told({ ...INCOMPLETE, location: 'p2' })).toMatchObject([
      ['progress', { totalTime: 'PT2M' }],
    ]);
  });

  it('does not follow when "unknown" becomes "not attempted", or the other way round', () => {
    const attempt = launched();
    expect(attempt.types({ completion_status: 'not attempted' })).toBe('');
    expect(attempt.types({ completion_status: 'unknown' })).toBe('');
  });
});

describe('a score', () => {
  it('follows once, and again when it or the success differs', () => {
    const attempt = launched();
    expect(attempt.types(SCORED)).toBe('progress,scored');
    expect(attempt.types({ ...SCORED, location: 'p2' })).toBe('progress');
    expect(attempt.types({ ...SCORED, success_status: 'failed' })).toBe('progress,scored');
    expect(attempt.types({ ...INCOMPLETE, success_status: 'failed' })).toBe('progress');
    expect(attempt.types({ ...SCORED, success_status: 'failed' })).toBe('progress,scored');
  });
});

describe('completion', () => {
  it.each([
    ['completed', 'unknown', true],
    ['completed', 'failed', true],
    ['completed', 'passed', true],
    ['unknown', 'passed', true],
    ['not attempted', 'passed', true],
    ['incomplete', 'passed', false],
    ['incomplete', 'unknown', false],
    ['unknown', 'failed', false],
    ['unknown', 'unknown', false],
  ])('of a SCO that says %s and %s follows: %s', (completion_status, success_status, follows) => {
    const types = launched().types({ completion_status, success_status });
    expect(types.includes('completed')).toBe(follows);
  });

  it('follows once in the attempt, and is never taken back', () => {
    const attempt = launched();
    expect(attempt.types(COMPLETED)).toBe('progress,completed');
    expect(attempt.types(INCOMPLETE)).toBe('progress');
    expect(attempt.types(COMPLETED)).toBe('progress');
    attempt.launch();
    expect(attempt.types({ ...COMPLETED, success_status: 'passed' })).toBe('progress');
    expect(attempt.state.scos['']!.done).toBe(true);
  });
});

describe('a commit that comes too late', () => {
  it('of an older launch changes nothing', () => {
    const attempt = launched();
    attempt.launch();
    const { state } = attempt;
    expect(attempt.types(SCORED, { launch: 1 })).toBe('');
    expect(attempt.state).toBe(state);
    expect(attempt.types(SCORED, { launch: 2 })).toBe('progress,scored');
  });

  it('with a sequence that was counted, or an earlier one, changes nothing', () => {
    const attempt = launched();
    attempt.told({ ...INCOMPLETE, sequence: 3 });
    const { state } = attempt;
    expect(attempt.types({ ...SCORED, sequence: 3 })).toBe('');
    expect(attempt.types({ ...SCORED, sequence: 2 })).toBe('');
    expect(attempt.state).toBe(state);
    expect(attempt.types({ ...SCORED, sequence: 4 })).toBe('progress,scored');
  });

  it('of an older attempt changes nothing', () => {
    const attempt = launched();
    const { state } = attempt;
    expect(attempt.types(SCORED, { isOldAttempt: true })).toBe('');
    expect(attempt.state).toBe(state);
  });

  it.each([
    ['an older launch', { launch: 1 }, {}],
    ['an earlier sequence', {}, { sequence: 1 }],
    ['an older attempt', { isOldAttempt: true }, {}],
  ])('still proves a completion, once: %s', (_, place, given) => {
    const attempt = launched();
    attempt.launch();
    attempt.told({ ...SCORED, sequence: 2 });
    const before = attempt.state.scos['']!;
    const late = { ...COMPLETED, score: { raw: '90' }, ...given };
    expect(attempt.told(late, place)).toEqual([
      ['completed', { completionStatus: 'completed', successStatus: 'unknown', scoreRaw: 90 }],
    ]);
    expect(attempt.state.scos['']).toEqual({ ...before, done: true });
    expect(attempt.types(late, place)).toBe('');
  });

  it('is none without sequences: commits count in the order in which they arrive', () => {
    const attempt = launched();
    expect(attempt.types(SCORED)).toBe('progress,scored');
    expect(attempt.types(INCOMPLETE)).toBe('progress');
    expect(attempt.types(SCORED)).toBe('progress,scored');
  });

  it('is none in a new launch, whose sequences begin anew', () => {
    const attempt = launched();
    attempt.told({ ...INCOMPLETE, sequence: 9 });
    attempt.launch();
    expect(attempt.types({ ...SCORED, sequence: 1 })).toBe('progress,scored');
  });
});

describe('a launch that does not count', () => {
  it.each([
    [{ mode: 'browse' }, { mode: 'browse', credit: 'credit' }],
    [{ mode: 'review' }, { mode: 'review', credit: 'credit' }],
    [{ credit: 'no-credit' }, { mode: 'normal', credit: 'no-credit' }],
  ])('%j shows its progress, and neither a score nor a completion', (kind, shown) => {
    const passed = { ...COMPLETED, success_status: 'passed', score: { raw: '85' }, ...kind };
    const attempt = launched();
    expect(attempt.told(passed)).toEqual([
      [
        'progress',
        { ...shown, completionStatus: 'completed', successStatus: 'passed', scoreRaw: 85 },
      ],
    ]);
    expect(attempt.types(passed)).toBe('');
    expect(attempt.types(passed, { isOldAttempt: true })).toBe('');
  });

  it('is SCORM 1.2 too', () => {
    const browsed = core('passed', { lesson_mode: 'browse', credit: 'no-credit' });
    expect(launched().types(browsed)).toBe('progress');
  });

  it('leaves alone what the learner has, and what they do afterwards counts', () => {
    const attempt = launched();
    attempt.told(SCORED);
    attempt.launch();
    expect(attempt.types({ ...SCORED, score: { raw: '10' }, mode: 'review' })).toBe('progress');
    expect(attempt.state.scos['']).toMatchObject({ scoreRaw: 85, uncredited: { scoreRaw: 10 } });
    attempt.launch();
    expect(attempt.types({ ...SCORED, score: { raw: '10' } })).toBe('scored');
    expect(attempt.state.scos['']).toMatchObject({ scoreRaw: 10 });
    expect(attempt.state.scos['']).not.toHaveProperty('uncredited');
  });
});

describe('thresholds', () => {
  const mastery = { student_data: { mastery_score: '80' } };

  it.each([
    ['completed', '80', 'completed', 'passed'],
    ['completed', '79.9', 'incomplete', 'failed'],
    ['completed', '', 'completed', 'unknown'],
    ['incomplete', '85', 'incomplete', 'unknown'],
    ['passed', '10', 'completed', 'passed'],
    ['failed', '85', 'incomplete', 'failed'],
  ])(
    'of SCORM 1.2: %s with %j of 80 is %s and %s',
    (status, raw, completionStatus, successStatus) => {
      const [, data] = launched().told({ ...core(status, { score: { raw } }), ...mastery })[0]!;
      expect(data).toMatchObject({ completionStatus, successStatus });
    },
  );

  it('are left to the SCO where the tenant says so', () => {
    const attempt = launched({ applyThresholds: false });
    const said = { ...core('completed', { score: { raw: '10' } }), ...mastery };
    expect(attempt.told(said)[0]![1]).toMatchObject({ completionStatus: 'completed' });
    const attempt2004 = launched({ applyThresholds: false });
    const said2004 = {
      ...{ completion_status: 'incomplete', completion_threshold: '0.5', progress_measure: '0.9' },
      ...{ success_status: 'passed', scaled_passing_score: '0.8', score: { scaled: '0.1' } },
    };
    expect(attempt2004.told(said2004)[0]![1]).toMatchObject({
      completionStatus: 'incomplete',
      successStatus: 'passed',
    });
  });

  it('do not decide in a launch that does not count', () => {
    const said = { completion_threshold: '0.5', progress_measure: '0.9', mode: 'browse' };
    expect(launched().told(said)[0]![1]).toMatchObject({ completionStatus: 'unknown' });
  });

  it('that are no numbers decide nothing', () => {
    const said = { ...COMPLETED, completion_threshold: 'high', progress_measure: '0' };
    expect(launched().types(said)).toBe('progress,completed');
  });
});

describe('SCORM 1.2 "failed"', () => {
  it('is incomplete, or completed where the tenant says so', () => {
    expect(launched().types(core('failed'))).toBe('progress');
    const attempt = launched({ completionOnFailed: true });
    expect(attempt.told(core('failed'))[1]).toEqual([
      'completed',
      { completionStatus: 'completed', successStatus: 'failed' },
    ]);
  });

  it('is completed by the mastery score too, where the tenant says so', () => {
    const said = {
      ...core('completed', { score: { raw: '10' } }),
      student_data: { mastery_score: '80' },
    };
    expect(launched({ completionOnFailed: true }).told(said)[0]![1]).toMatchObject({
      completionStatus: 'completed',
      successStatus: 'failed',
    });
  });
});

describe('the total time', () => {
  /** Of the progress that a new location leads to. */
  function timesOf(attempt: Attempt, ...commits: Said[]): unknown[] {
    return commits.map((commit, at) => {
      const [, data] = attempt.told({ ...commit, location: `${at}${attempt.state.launches}` })[0]!;
      return (data as Record<string, unknown>)['totalTime'];
    });
  }

  it('is that of all launches', () => {
    const attempt = launched();
    expect(timesOf(attempt, { session_time: 'PT5M' }, { session_time: 'PT6M' })).toEqual([
      'PT5M',
      'PT6M',
    ]);
    attempt.launch();
    expect(timesOf(attempt, {}, { session_time: 'PT0S' }, { session_time: 'PT7M' })).toEqual([
      'PT6M',
      'PT6M',
      'PT13M',
    ]);
  });

  it('is what the player says if that is more: it may know of launches that we do not', () => {
    const attempt = launched();
    const said = { session_time: 'PT7M', total_time: 'PT1H' };
    expect(timesOf(attempt, said)).toEqual(['PT1H']);
    attempt.launch();
    expect(timesOf(attempt, { session_time: 'PT1M', total_time: 'PT2M' })).toEqual(['PT1H1M']);
  });

  it('stays when a commit after the end forgets it', () => {
    const said = { session_time: 'PT7M', total_time: 'PT7M', terminate: true };
    expect(timesOf(launched(), said, { session_time: 'PT0S' })).toEqual(['PT7M', 'PT7M']);
  });

  it('of 0 is shown at the end only', () => {
    expect(timesOf(launched(), {}, { terminate: true })).toEqual([undefined, 'PT0S']);
  });
});

describe('a package of several SCOs', () => {
  const scos = ['a', 'b'];
  const of = (scoId: string): Partial<CommitPlace> => ({ scoId, scos });

  function launchedAll(): Attempt {
    const attempt = new Attempt();
    attempt.launch(...scos);
    return attempt;
  }

  it('is completed when all of them are', () => {
    const attempt = launchedAll();
    const first = { ...COMPLETED, session_time: 'PT5M' };
    expect(attempt.told(first, of('a'))).toMatchObject([['progress', { scoId: 'a' }]]);
    const second = { ...COMPLETED, success_status: 'passed', session_time: 'PT7M' };
    expect(attempt.told(second, of('b'))).toEqual([
      [
        'progress',
        {
          ...{ scoId: 'b', completionStatus: 'completed', successStatus: 'passed' },
          totalTime: 'PT7M',
        },
      ],
      ['completed', { completionStatus: 'completed', successStatus: 'passed', totalTime: 'PT12M' }],
    ]);
    expect(attempt.types({ ...first, location: 'p2' }, of('a'))).toBe('progress');
  });

  it.each([
    ['passed', 'passed', 'passed'],
    ['passed', 'unknown', 'passed'],
    ['passed', 'failed', 'failed'],
    ['unknown', 'failed', 'failed'],
    ['unknown', 'unknown', 'unknown'],
  ])('of which one is %s and the other %s is %s', (one, other, successStatus) => {
    const attempt = launchedAll();
    attempt.told({ ...COMPLETED, success_status: one }, of('a'));
    const events = attempt.told({ ...COMPLETED, success_status: other }, of('b'));
    expect(events.at(-1)).toMatchObject(['completed', { successStatus }]);
  });

  it.each([
    [{}, { raw: '85' }, { scoreRaw: 85 }],
    [{ raw: '70' }, {}, { scoreRaw: 70 }],
    [{ raw: '70' }, { raw: '85' }, {}],
  ])('of which one has %j and the other %j has the score %j', (one, other, score) => {
    const attempt = launchedAll();
    attempt.told({ ...COMPLETED, score: one }, of('a'));
    const events = attempt.told({ ...COMPLETED, score: other }, of('b'));
    const data = { completionStatus: 'completed', successStatus: 'unknown', ...score };
    expect(events.at(-1)).toEqual(['completed', data]);
  });

  it('is completed by a commit that comes too late, with what that says of its SCO', () => {
    const attempt = launchedAll();
    attempt.launch('a', 'b');
    attempt.told(COMPLETED, of('a'));
    attempt.told(INCOMPLETE, of('b'));
    const late = { ...COMPLETED, success_status: 'passed' };
    expect(attempt.told(late, { ...of('b'), launch: 1 })).toEqual([
      ['completed', { completionStatus: 'completed', successStatus: 'passed' }],
    ]);
  });

  it('has a launch order for each of them', () => {
    const attempt = new Attempt();
    attempt.launch('a');
    attempt.launch('b');
    expect(attempt.types(SCORED, { scoId: 'a', launch: 1 })).toBe('progress,scored');
  });

  it('completes each alone where the launch does not name them all', () => {
    const attempt = new Attempt();
    attempt.launch('a');
    attempt.launch('b');
    const data = { completionStatus: 'completed', successStatus: 'unknown' };
    for (const [at, scoId] of scos.entries()) {
      const events = attempt.told(COMPLETED, { scoId, launch: at + 1 });
      expect(events.at(-1)).toEqual(['completed', { scoId, ...data }]);
    }
  });

  it.each(['__proto__', 'constructor', 'toString', '0'])('may have one named %s', (scoId) => {
    const attempt = new Attempt();
    attempt.launch(scoId);
    attempt.state = JSON.parse(JSON.stringify(attempt.state));
    expect(attempt.types({ ...SCORED, sequence: 1 }, { scoId })).toBe('progress,scored');
    attempt.state = JSON.parse(JSON.stringify(attempt.state));
    expect(attempt.types({ ...SCORED, sequence: 1 }, { scoId })).toBe('');
    expect(attempt.types({ ...COMPLETED, sequence: 2 }, { scoId })).toBe('progress,completed');
  });
});

describe('an attempt that began elsewhere', () => {
  const known = {
    completionStatus: 'completed',
    successStatus: 'passed',
    scoreRaw: 85,
    scoreMax: 80,
    location: 'p3',
    totalTime: '00:05:00',
  };
  const said = {
    ...{ ...COMPLETED, success_status: 'passed', score: { raw: '85' } },
    ...{ location: 'p3', session_time: 'PT1M' },
  };

  it('emits nothing again of what its runtime knows', () => {
    const attempt = new Attempt(knownAttempt(known, {}));
    attempt.launch();
    expect(attempt.types(said)).toBe('');
    expect(attempt.told({ ...said, location: 'p4' })).toMatchObject([
      ['progress', { totalTime: 'PT6M' }],
    ]);
  });

  it('completes later if it is not completed yet', () => {
    const attempt = new Attempt(knownAttempt({ ...known, completionStatus: 'incomplete' }, {}));
    attempt.launch();
    expect(attempt.types(said)).toBe('progress,completed');
  });

  it('of one SCO completes with the others', () => {
    const scos = ['a', 'b'];
    const attempt = new Attempt(knownAttempt(known, { scoId: 'a', scos }));
    attempt.launch(...scos);
    expect(attempt.types(said, { scoId: 'b', scos })).toBe('progress,scored,completed');
  });

  it('takes nothing over that is no value of its kind', () => {
    const odd = { completionStatus: 'done', progressMeasure: 7, totalTime: 'long' };
    const { scos, completed } = knownAttempt(odd, {});
    expect(scos['']).toMatchObject({ completionStatus: 'unknown', totalTime: 0, done: false });
    expect(scos['']).not.toHaveProperty('progressMeasure');
    expect(completed).toEqual([]);
  });
});
