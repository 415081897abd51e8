/** The parts of a statement that this LRS checks, once their types are known to be right. */
export interface Statement extends StatementCore {
  id?: string;
  stored?: string;
  version?: string;
  authority?: Actor;
}

export interface StatementCore {
  actor: Actor;
  verb: { id: string; display?: Record<string, string> };
  object: StatementObject;
  result?: Result;
  context?: Context;
  timestamp?: string;
  attachments?: Attachment[];
}

export interface Actor {
  objectType?: string;
  name?: string;
  mbox?: string;
  mbox_sha1sum?: string;
  openid?: string;
  account?: { homePage: string; name: string };
  member?: Actor[];
}

export interface Activity {
  objectType?: string;
  id: string;
  definition?: { type?: string; moreInfo?: string; extensions?: Extensions };
}

type StatementObject =
  | (Activity & { objectType?: 'Activity' })
  | (Actor & { objectType: 'Agent' | 'Group' })
  | { objectType: 'StatementRef'; id: string }
  | (StatementCore & { objectType: 'SubStatement' });

interface Result {
  score?: { scaled?: number; raw?: number; min?: number; max?: number };
  success?: boolean;
  completion?: boolean;
  response?: string;
  duration?: string;
  extensions?: Extensions;
}

export interface Context {
  registration?: string;
  instructor?: Actor;
  team?: Actor;
  statement?: { id: string };
  contextActivities?: Record<string, Activity | Activity[]>;
  contextAgents?: unknown;
  contextGroups?: unknown;
  extensions?: Extensions;
}

interface Attachment {
  usageType: string;
  length: number;
  fileUrl?: string;
}

export type Extensions = Record<string, unknown>;
