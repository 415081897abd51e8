import type { SearchHitDocument as Hit } from '@schoolbell/api-client';

type Kind = Hit['kind'];

/** Kinds with a page about one thing first, then pages of many: the most specific hit of several wins. */
const MOST_TELLING_FIRST: readonly Kind[] = [
  'attempt',
  'delivery',
  'event',
  'batch',
  'operation',
  'webhook',
  'session',
  'learner',
  'dispatch',
  'package',
  'event_rejection',
];

/** The result of a search: a page to open at once, several to choose from, or nothing. */
type Answer = { kind: 'one'; hit: Hit } | { kind: 'many' } | { kind: 'none' };

export interface HitGroup {
  kind: Kind;
  hits: Hit[];
}

/**
 * A single hit is the answer. Among several it is the most specific one, if it is the only one of its kind and all
 * others are what it is about: a pasted delivery also names its event, session and learner.
 */
export function answerOf(hits: readonly Hit[]): Answer {
  if (hits.length === 0) return { kind: 'none' };
  const kind = MOST_TELLING_FIRST.find((one) => hits.some((hit) => hit.kind === one))!;
  const [main, ...rivals] = hits.filter((hit) => hit.kind === kind);
  if (rivals.length === 0 && isAbout(main!, hits)) return { kind: 'one', hit: main! };
  return { kind: 'many' };
}

/** The hits by kind, in the order in which the API ranks them. */
export function groupsOf(hits: readonly Hit[]): HitGroup[] {
  const groups = Map.groupBy(hits, ({ kind }) => kind);
  return [...groups].map(([kind, ofKind]) => ({ kind, hits: ofKind }));
}

/** Refused posts need no page of their own here: the story of their session or learner shows them. */
function isAbout(main: Hit, hits: readonly Hit[]): boolean {
  const others = hits.filter((hit) => hit !== main && hit.kind !== 'event_rejection');
  const known = new Set(namedBy(main));
  // Also indirectly: a delivery names its event, and the event its session.
  for (let size = 0; size !== known.size;) {
    size = known.size;
    for (const hit of others)
      if (known.has(nameOf(hit))) for (const name of namedBy(hit)) known.add(name);
  }
  return others.every((hit) => known.has(nameOf(hit)));
}

/** An id alone is not enough: a session and a learner may have the same one. */
const nameOf = ({ kind, id }: Pick<Hit, 'kind' | 'id'>): string => `${kind} ${id}`;

const NAMED = [
  'event',
  'delivery',
  'batch',
  'webhook',
  'session',
  'package',
  'dispatch',
  'learner',
] as const;

function namedBy(hit: Hit): string[] {
  return NAMED.flatMap((kind) => {
    const id = hit[`${kind}Id`];
    return typeof id === 'string' ? [nameOf({ kind, id })] : [];
  });
}
