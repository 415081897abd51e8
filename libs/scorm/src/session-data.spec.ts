import { describe, expect, it } from 'vitest';
import { launchedData, registrationKeyOf, scoIdOf, sessionData, type CmiCommit } from './index.js';

const IDS = { sessionId: 'sess_1', packageId: 'pkg_1', learnerId: 'learner-42' };
const SESSION = {
  ...IDS,
  dispatchId: 'dsp_1',
  registrationId: 'reg_1',
  attempt: 2,
  scoId: 'sco_1',
  scos: ['sco_1', 'sco_2'],
  learner: { email: 'jane@example.com' },
  course: { id: 'c1' },
};

describe('the data of an event', () => {
  it('has what the runtime knows of the session', () => {
    const { scos: _, ...shown } = SESSION;
    expect(launchedData(SESSION)).toEqual(shown);
  });

  it('always has an attempt, and no field without a value', () => {
    expect(JSON.stringify(launchedData({ ...IDS, dispatchId: undefined }))).toBe(
      JSON.stringify({ ...IDS, attempt: 1 }),
    );
  });

  it('has the SCO that the commit is of, not the one of the launch', () => {
    const fact = { type: 'session.completed', data: { completionStatus: 'completed' } } as const;
    expect(sessionData(SESSION, fact)).not.toHaveProperty('scoId');
    const ofSco = { ...fact, data: { scoId: 'sco_2', completionStatus: 'completed' } };
    expect(sessionData(SESSION, ofSco)).toMatchObject({ scoId: 'sco_2', attempt: 2 });
  });
});

describe('the attempts of a session', () => {
  it('are counted by its registration, else by itself', () => {
    expect(registrationKeyOf(SESSION)).toBe('r:reg_1');
    expect(registrationKeyOf(IDS)).toBe('s:sess_1');
  });
});

describe('the SCO of a commit', () => {
  const scos = ['a', 'b'];

  it.each([
    [{}, {}, ''],
    [{}, { launched: 'a' }, 'a'],
    [{ scoId: 'b' }, { launched: 'a' }, 'a'],
    [{ scoId: 'b' }, {}, ''],
    [{ scoId: 'b' }, { launched: 'a', scos }, 'b'],
    [{ scoId: 'c' }, { launched: 'a', scos }, 'a'],
    [{ scoId: 'b' }, { called: 'a', launched: 'b', scos }, 'a'],
    [{}, { scos }, ''],
    [{}, { scos: ['a'] }, 'a'],
    [{ scoId: 'b' }, { scos: ['a'] }, 'a'],
  ])('that says %j, where %j is known, is %j', (commit, names, scoId) => {
    expect(scoIdOf(commit as CmiCommit, names)).toBe(scoId);
  });
});
