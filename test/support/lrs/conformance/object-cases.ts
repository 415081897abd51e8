import {
  accepted,
  refused,
  AGENT,
  ACTIVITY,
  STATEMENT_ID,
  GOOD_STATEMENT,
  type ConformanceCase,
} from './conformance-case.js';

const withObject = (object: unknown) => ({ object });

export const OBJECT_CASES: ConformanceCase[] = [
  accepted('an activity without an objectType', withObject({ id: ACTIVITY.id })),
  accepted('an agent as object', { object: AGENT, context: undefined }),
  accepted(
    'a reference to a statement',
    withObject({ objectType: 'StatementRef', id: STATEMENT_ID }),
  ),
  accepted(
    'a statement in the statement',
    withObject({
      objectType: 'SubStatement',
      actor: AGENT,
      verb: GOOD_STATEMENT.verb,
      object: ACTIVITY,
    }),
  ),
  refused('an agent as object that does not say so', withObject({ mbox: AGENT.mbox })),
  refused(
    'an object of an unknown objectType',
    withObject({ ...ACTIVITY, objectType: 'activity' }),
  ),
  refused('an activity without an id', withObject({ objectType: 'Activity' })),
  refused('an activity id without a scheme', withObject({ id: 'example.com/course' })),
  refused('an activity id with a space', withObject({ id: 'https://example.com/a course' })),
  refused(
    'an activity type without a scheme',
    withObject({ ...ACTIVITY, definition: { type: 'course' } }),
  ),
  refused(
    'a moreInfo without a scheme',
    withObject({ ...ACTIVITY, definition: { moreInfo: 'more' } }),
  ),
  refused('a name that is a text', withObject({ ...ACTIVITY, definition: { name: 'Course' } })),
  refused(
    'an unknown property of a definition',
    withObject({ ...ACTIVITY, definition: { title: {} } }),
  ),
  refused(
    'choices of a true-false interaction',
    withObject({
      ...ACTIVITY,
      definition: { interactionType: 'true-false', choices: [{ id: 'a' }] },
    }),
  ),
  refused(
    'a reference with too many digits',
    withObject({
      objectType: 'StatementRef',
      id: `${STATEMENT_ID}0`,
    }),
  ),
  refused(
    'a statement in a statement in the statement',
    withObject({
      objectType: 'SubStatement',
      actor: AGENT,
      verb: GOOD_STATEMENT.verb,
      object: {
        objectType: 'SubStatement',
        actor: AGENT,
        verb: GOOD_STATEMENT.verb,
        object: ACTIVITY,
      },
    }),
  ),
  refused(
    'a statement in the statement with an id',
    withObject({
      objectType: 'SubStatement',
      id: STATEMENT_ID,
      actor: AGENT,
      verb: GOOD_STATEMENT.verb,
      object: ACTIVITY,
    }),
  ),
];
