import { refused, GOOD_STATEMENT, type ConformanceCase } from './conformance-case.js';

export const VERB_CASES: ConformanceCase[] = [
  refused('a verb without an id', { verb: { display: { en: 'completed' } } }),
  refused('a verb id without a scheme', { verb: { id: 'completed' } }),
  refused('a verb id with a space', { verb: { id: 'https://example.com/has completed' } }),
  refused('a display of an unknown language', {
    verb: { ...GOOD_STATEMENT.verb, display: { 'not a language': 'completed' } },
  }),
  refused('a display that is a text', { verb: { ...GOOD_STATEMENT.verb, display: 'completed' } }),
  refused('a voiding statement of an activity', {
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
  }),
];
