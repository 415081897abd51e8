/** A statement as we write it, its keys in the order in which they are sent. */
export interface Statement {
  id: string;
  actor: Actor;
  verb: { id: string; display: { 'en-US': string } };
  object: Activity;
  result?: StatementResult;
  context: { registration: string };
  timestamp: string;
  version: '1.0.0' | '2.0.0';
}

export type Actor = { objectType: 'Agent' } & (
  { account: { homePage: string; name: string } } | { mbox: string }
);

export interface Activity {
  objectType: 'Activity';
  id: string;
  definition: { name?: { und: string }; type: string };
}

export interface StatementResult {
  score?: Score;
  success?: boolean;
  completion?: boolean;
  /** ISO 8601. */
  duration?: string;
  extensions?: Record<string, number>;
}

export interface Score {
  /** −1 to 1. */
  scaled?: number;
  raw?: number;
  min?: number;
  max?: number;
}
