import { describe, expect, it } from 'vitest';
import { tellStory } from './story.js';

const DURATION_MS = 26_000;
const story = tellStory(DURATION_MS, 'wh_1', () => 0.5);

describe('the demo’s story', () => {
  it('is told in order and in time', () => {
    const times = story.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeLessThan(500);
    expect(times.at(-1)).toBeLessThanOrEqual(DURATION_MS);
  });

  it('lets every session begin with its launch and end with its score or completion, but for the one that is left', () => {
    const sessions = Map.groupBy(story, ({ data }) => data['sessionId']);
    expect(sessions.size).toBeGreaterThan(5);
    const ends = [...sessions.values()].map((events) => {
      expect(events[0]?.type).toBe('session.launched');
      return events.at(-1)!.type;
    });
    expect(ends.filter((type) => !/^session\.(scored|completed)$/.test(type))).toEqual([
      'session.progress',
    ]);
  });

  it('has a learner who fails and passes at the second attempt', () => {
    const failed = story.find(({ data }) => data['successStatus'] === 'failed');
    const { learnerId, packageId } = failed!.data;
    const second = story.filter(
      ({ data }) =>
        data['learnerId'] === learnerId && data['packageId'] === packageId && data['attempt'] === 2,
    );
    expect(second.at(-1)?.type).toBe('session.completed');
  });

  it('reports packages of SCORM 1.2 and of SCORM 2004', () => {
    const completed = story.filter(({ type }) => type === 'session.completed');
    expect(completed.some(({ data }) => data['lessonStatus'] === 'passed')).toBe(true);
    expect(completed.some(({ data }) => data['completionStatus'] === 'completed')).toBe(true);
  });

  it('has an idempotency key of its own for every event and every run', () => {
    const again = tellStory(DURATION_MS, 'wh_2', () => 0.5);
    const keys = [...story, ...again].map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
