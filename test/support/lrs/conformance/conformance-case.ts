import type { LrsVersion } from '../negotiate-version.js';

/** One requirement on statements, and a statement that meets or breaks it. */
export interface ConformanceCase {
  requirement: string;
  /** 200 if the statement has to be stored, 400 if it has to be refused. */
  status: 200 | 400;
  /** Replaces these properties of a good statement; `undefined` removes one. */
  change: Record<string, unknown>;
  /** Default: both. */
  version?: LrsVersion;
}

export const AGENT = { objectType: 'Agent', mbox: 'mailto:jane@example.com' };
export const ACTIVITY = { objectType: 'Activity', id: 'https://example.com/course' };
export const STATEMENT_ID = '7c1f2d0e-5a4b-4c3d-8e9f-0a1b2c3d4e5f';
export const EXTENSION = 'https://example.com/extension';

/** A statement that every LRS has to store, with every part that a runtime may send. */
export const GOOD_STATEMENT = {
  actor: { objectType: 'Agent', account: { homePage: 'https://example.com', name: 'jane' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed', display: { 'en-US': 'completed' } },
  object: {
    ...ACTIVITY,
    definition: { name: { und: 'Course' }, type: 'http://adlnet.gov/expapi/activities/course' },
  },
  result: {
    score: { scaled: 0.9, raw: 9, min: 0, max: 10 },
    success: true,
    completion: true,
    duration: 'PT12M34.5S',
    extensions: { [EXTENSION]: 29 },
  },
  context: { registration: '42f46052-2dbf-5434-9791-94eae296f6fc' },
  timestamp: '2026-04-10T14:32:00.000Z',
};

export const accepted = (
  requirement: string,
  change: Record<string, unknown>,
  version?: LrsVersion,
) => ({ requirement, status: 200, change, version }) as const;
export const refused = (
  requirement: string,
  change: Record<string, unknown>,
  version?: LrsVersion,
) => ({ requirement, status: 400, change, version }) as const;
