import { describe, expect, it } from 'vitest';
import { AttemptUnderTest, launched, type Said } from '../testing/attempt-under-test.js';

/** Of the progress that a new location leads to. */
function timesOf(attempt: AttemptUnderTest, ...commits: Said[]): unknown[] {
  return commits.map((commit, at) => {
    const [, data] = attempt.told({ ...commit, location: `${at}${attempt.state.launches}` })[0]!;
    return (data as Record<string, unknown>)['totalTime'];
  });
}

describe('the total time', () => {
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
