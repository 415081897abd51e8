import type { Activity, Actor, Extensions, Statement, StatementCore } from './statement.js';

/** All parts of a statement that have rules of their own, wherever they stand, including those of its SubStatement. */
export interface StatementParts {
  statements: StatementCore[];
  actors: Actor[];
  activities: Activity[];
  extensions: Extensions[];
  /** Values that have to be UUIDs. */
  uuids: string[];
}

export function partsOf(statement: Statement): StatementParts {
  const { object } = statement;
  const statements = object.objectType === 'SubStatement' ? [statement, object] : [statement];
  const activities = statements.flatMap(activitiesOf);
  return {
    statements,
    actors: [...statements.flatMap(actorsOf), statement.authority].flatMap(withMembers),
    activities,
    extensions: [
      ...statements.flatMap(({ result, context }) => [result?.extensions, context?.extensions]),
      ...activities.map(({ definition }) => definition?.extensions),
    ].filter((extensions) => extensions !== undefined),
    uuids: [statement.id, ...statements.flatMap(uuidsOf)].filter((uuid) => uuid !== undefined),
  };
}

function activitiesOf({ object, context }: StatementCore): Activity[] {
  const own = isActivity(object) ? [object] : [];
  return [...own, ...Object.values(context?.contextActivities ?? {}).flat()];
}

function actorsOf({ actor, object, context }: StatementCore): (Actor | undefined)[] {
  const own = object.objectType === 'Agent' || object.objectType === 'Group' ? [object] : [];
  return [actor, ...own, context?.instructor, context?.team];
}

function withMembers(actor: Actor | undefined): Actor[] {
  return actor ? [actor, ...(actor.member ?? [])] : [];
}

function uuidsOf({ object, context }: StatementCore): (string | undefined)[] {
  const referred = object.objectType === 'StatementRef' ? object.id : undefined;
  return [referred, context?.registration, context?.statement?.id];
}

function isActivity(
  object: StatementCore['object'],
): object is Activity & { objectType?: 'Activity' } {
  return object.objectType === undefined || object.objectType === 'Activity';
}
