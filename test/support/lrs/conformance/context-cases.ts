import {
  accepted,
  refused,
  AGENT,
  ACTIVITY,
  STATEMENT_ID,
  type ConformanceCase,
} from './conformance-case.js';

const withContext = (context: unknown) => ({ context });

const CONTEXTS: ConformanceCase[] = [
  refused('a registration that is not a UUID', withContext({ registration: 'reg-1' })),
  refused('a registration with too many digits', withContext({ registration: `${STATEMENT_ID}0` })),
  refused('a team that is an agent', withContext({ team: AGENT })),
  refused('an instructor without an identifier', withContext({ instructor: { name: 'Jane' } })),
  refused('a language that is none', withContext({ language: 'not a language' })),
  refused('a revision with an agent as object', { object: AGENT, context: { revision: '1' } }),
  refused('a platform with an agent as object', { object: AGENT, context: { platform: 'web' } }),
  accepted(
    'a single parent in place of a list',
    withContext({
      contextActivities: { parent: ACTIVITY },
    }),
  ),
  refused(
    'an unknown kind of context activity',
    withContext({
      contextActivities: { sibling: [ACTIVITY] },
    }),
  ),
  refused(
    'a context activity without an id',
    withContext({
      contextActivities: { parent: [{ objectType: 'Activity' }] },
    }),
  ),
  refused('an extension of the context without a scheme', withContext({ extensions: { a: 1 } })),
];

const SECOND_VERSION: ConformanceCase[] = [
  accepted(
    'agents of the context',
    withContext({
      contextAgents: [
        { objectType: 'contextAgent', agent: AGENT, relevantTypes: ['https://example.com/role'] },
      ],
    }),
    '2.0.0',
  ),
  refused(
    'agents of the context',
    withContext({
      contextAgents: [{ objectType: 'contextAgent', agent: AGENT }],
    }),
    '1.0.3',
  ),
  accepted(
    'groups of the context',
    withContext({
      contextGroups: [
        { objectType: 'contextGroup', group: { objectType: 'Group', member: [AGENT] } },
      ],
    }),
    '2.0.0',
  ),
  refused(
    'an agent of the context of an unknown objectType',
    withContext({
      contextAgents: [{ objectType: 'Agent', agent: AGENT }],
    }),
    '2.0.0',
  ),
  refused(
    'an agent of the context without an identifier',
    withContext({
      contextAgents: [{ objectType: 'contextAgent', agent: { name: 'Jane' } }],
    }),
    '2.0.0',
  ),
  refused(
    'an agent of the context with no relevant type',
    withContext({
      contextAgents: [{ objectType: 'contextAgent', agent: AGENT, relevantTypes: [] }],
    }),
    '2.0.0',
  ),
  refused(
    'an agent of the context whose relevant type has no scheme',
    withContext({
      contextAgents: [{ objectType: 'contextAgent', agent: AGENT, relevantTypes: ['role'] }],
    }),
    '2.0.0',
  ),
];

export const CONTEXT_CASES = [...CONTEXTS, ...SECOND_VERSION];
