import {
  accepted,
  refused,
  AGENT,
  STATEMENT_ID,
  type ConformanceCase,
} from './conformance-case.js';

export const STATEMENT_CASES: ConformanceCase[] = [
  accepted('a complete statement', {}),
  accepted('a statement of actor, verb and object alone', {
    result: undefined,
    context: undefined,
    timestamp: undefined,
  }),
  refused('a statement without an actor', { actor: undefined }),
  refused('a statement without a verb', { verb: undefined }),
  refused('a statement without an object', { object: undefined }),
  refused('a property that is not in the specification', { iD: STATEMENT_ID }),
  refused('a property in another case', { Result: {} }),
  refused('a property that is null', { result: null }),
  refused('a nested property that is null', { context: { registration: null } }),
  refused('a property of another type', { verb: 'completed' }),
  refused('an id that is not a UUID', { id: 'MA97B177-9383-4934-8543-0F91A7A02836' }),
  refused('an id with too many digits', { id: `${STATEMENT_ID}0` }),
  refused('an id in braces', { id: `{${STATEMENT_ID}}` }),
  refused('an id that is a number', { id: 12345 }),
  accepted('a stored property, which is passed over', { stored: '2013-05-18T05:32:34.804Z' }),
  refused('an authority of two people', {
    authority: { objectType: 'Group', member: [AGENT, { mbox: 'mailto:bob@example.com' }] },
  }),
  refused('an attachment of which neither bytes nor fileUrl come', {
    attachments: [
      {
        usageType: 'https://example.com/usage',
        display: { 'en-US': 'a text' },
        contentType: 'text/plain',
        length: 27,
        sha2: '495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a',
      },
    ],
  }),
];
