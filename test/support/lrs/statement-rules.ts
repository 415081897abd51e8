import { DURATION, IRI, isRfc3339, SHA1_HEX, UUID } from './formats.js';
import type { LrsVersion } from './negotiate-version.js';
import type { StatementParts } from './parts-of-statement.js';
import type { Activity, Actor, Statement, StatementCore } from './statement.js';

/** @returns the values that break the rule */
type Rule = (parts: StatementParts, statement: Statement, version: LrsVersion) => unknown[];

/** Requirements of the specification that `@learninglocker/xapi-validation` does not check. */
export const STATEMENT_RULES: Readonly<Record<string, Rule>> = {
  'a UUID in its canonical form': ({ uuids }) => uuids.filter((uuid) => !UUID.test(uuid)),
  'an IRI with a scheme': (parts) => irisOf(parts).filter((iri) => !IRI.test(iri)),
  'a timestamp of RFC 3339': ({ statements }, { stored }, version) =>
    version === '1.0.3'
      ? []
      : [stored, ...statements.map((one) => one.timestamp)].filter(
          (text) => text && !isRfc3339(text),
        ),
  'an ISO 8601 duration': ({ statements }) =>
    statements.map(durationOf).filter((text) => text !== undefined && !DURATION.test(text)),
  'a min below max': ({ statements }) =>
    statements
      .map(({ result }) => result?.score)
      .filter((score) => score?.min !== undefined && score.min === score.max),
  'a SHA-1 of 40 hex digits': ({ actors }) =>
    actors.filter(({ mbox_sha1sum: sum }) => sum !== undefined && !SHA1_HEX.test(sum)),
  'a group of agents only': ({ actors }) =>
    actors.flatMap(({ member }) => member ?? []).filter((one) => one.objectType === 'Group'),
  'a team that is a Group': ({ statements }) =>
    statements
      .map(({ context }) => context?.team)
      .filter((team) => team && team.objectType !== 'Group'),
  'an authority of OAuth': (_parts, { authority }) =>
    authority?.objectType === 'Group' && !isOauthPair(authority) ? [authority] : [],
  'an attachment with its fileUrl': ({ statements }) =>
    statements.flatMap(({ attachments }) => attachments ?? []).filter(({ fileUrl }) => !fileUrl),
};

const durationOf = ({ result }: StatementCore) => result?.duration;

const isOauthPair = ({ member = [] }: Actor) =>
  member.length === 2 && member.some(({ account }) => account !== undefined);

function irisOf({ statements, actors, activities, extensions }: StatementParts): string[] {
  const attachments = statements.flatMap((one) => one.attachments ?? []);
  return [
    ...statements.map(({ verb }) => verb.id),
    ...actors.flatMap(({ openid, account }) => [openid, account?.homePage]),
    ...activities.flatMap(irisOfActivity),
    ...extensions.flatMap((one) => Object.keys(one)),
    ...attachments.flatMap(({ usageType, fileUrl }) => [usageType, fileUrl]),
  ].filter((iri) => iri !== undefined);
}

function irisOfActivity({ id, definition }: Activity): (string | undefined)[] {
  return [id, definition?.type, definition?.moreInfo];
}
