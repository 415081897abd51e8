import { Scorm12API, Scorm2004API } from 'scorm-again';
import { describe, expect, it } from 'vitest';
import type { CmiCommit } from '../cmi-commit.js';
import { DEFAULT_SCORM_RULES } from '../scorm-rules.js';
import { judgeStanding } from '../taking/judge-standing.js';
import { readCommit } from './read-commit.js';

type Player = Scorm12API | Scorm2004API;
type Values = Record<string, string>;

/** `LogLevelEnum.NONE`: it says that there is nowhere to commit to. */
const SILENT = { logLevel: 5 };

function play(player: Player, launch: object, values: Values): Player {
  player.loadFromJSON(launch as never);
  player.lmsInitialize();
  for (const [name, value] of Object.entries(values)) player.lmsSetValue(name, value);
  return player;
}

const SCORM_12 = {
  launch: { core: { credit: 'credit' }, student_data: { mastery_score: '80' } },
  values: {
    'cmi.core.lesson_status': 'completed',
    'cmi.core.lesson_location': 'p3',
    'cmi.core.score.raw': '85',
    'cmi.core.session_time': '00:12:34.56',
    'cmi.interactions.0.id': 'q1',
  },
};
const SCORM_2004 = {
  launch: { completion_threshold: '0.9', scaled_passing_score: '0.8' },
  values: {
    'cmi.completion_status': 'incomplete',
    'cmi.progress_measure': '0.95',
    'cmi.location': 'p3',
    'cmi.score.scaled': '0.85',
    'cmi.session_time': 'PT12M34.56S',
    'cmi.interactions.0.id': 'q1',
    'cmi.interactions.0.type': 'choice',
  },
};

const WAYS = ['json', 'flattened'].flatMap((dataCommitFormat) =>
  [true, false].flatMap((renderCommonCommitFields) =>
    [true, false].map((sendFullCommit) => {
      return { dataCommitFormat, renderCommonCommitFields, sendFullCommit };
    }),
  ),
);

describe('each way in which scorm-again can write a commit', () => {
  it.each(WAYS)('says the same of SCORM 1.2: %j', (settings) => {
    const player = new Scorm12API({ ...SILENT, ...settings } as never);
    expect(commitOf(play(player, SCORM_12.launch, SCORM_12.values))).toMatchObject({
      standard: '1.2',
      lessonStatus: 'completed',
      scoreRaw: 85,
      scoreMax: 100,
      location: 'p3',
      sessionTime: 75_456,
      totalTime: 75_456,
      masteryScore: 80,
    });
  });

  it.each(WAYS)('says the same of SCORM 2004: %j', (settings) => {
    const player = new Scorm2004API({ ...SILENT, ...settings } as never);
    expect(commitOf(play(player, SCORM_2004.launch, SCORM_2004.values))).toMatchObject({
      standard: '2004',
      completionStatus: 'incomplete',
      progressMeasure: 0.95,
      scoreScaled: 0.85,
      location: 'p3',
      sessionTime: 75_456,
      totalTime: 75_456,
      completionThreshold: 0.9,
      scaledPassingScore: 0.8,
    });
  });
});

const THRESHOLDS = ['0', '0.5', '0.8', '1'];
const SCORES = ['-1', '0', '0.5', '0.79', '0.8', '1', ''];

describe('thresholds', () => {
  it.each(['0', '50', '80', '80.5', '100'])(
    'decide over a completed SCO of SCORM 1.2 as scorm-again does at its end: mastery score %s',
    (mastery_score) => {
      for (const raw of ['0', '50', '79.9', '80', '80.5', '100']) {
        const launch = { core: { credit: 'credit' }, student_data: { mastery_score } };
        const values = { 'cmi.core.lesson_status': 'completed', 'cmi.core.score.raw': raw };
        expectSameJudgement(play(new Scorm12API(SILENT), launch, values));
      }
    },
  );

  it.each(THRESHOLDS)('decide in SCORM 2004 as scorm-again does at its end: %s', (threshold) => {
    for (const score of SCORES) {
      const launch = { completion_threshold: threshold, scaled_passing_score: threshold };
      const values = {
        'cmi.completion_status': 'incomplete',
        'cmi.success_status': 'failed',
        ...(Number(score) >= 0 && { 'cmi.progress_measure': score }),
        'cmi.score.scaled': score,
      };
      expectSameJudgement(play(new Scorm2004API(SILENT), launch, values));
    }
  });
});

function expectSameJudgement(player: Player): void {
  const before = judgeStanding(commitOf(player), DEFAULT_SCORM_RULES);
  player.storeData(true);
  const { completionStatus, successStatus } = commitOf(player);
  expect(before).toMatchObject({ completionStatus, successStatus });
}

function commitOf(player: Player): CmiCommit {
  const body: unknown = JSON.parse(JSON.stringify(player.getCommitObject(true)));
  const read = readCommit(body);
  if (!read.ok) throw new Error(read.message);
  return read.commit;
}
