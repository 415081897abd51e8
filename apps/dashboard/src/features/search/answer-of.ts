import type { SearchHitDocument as Hit } from '@schoolbell/api-client';

type Kind = Hit['kind'];

/** The page of one thing first, then pages of many: what a text with several ids is most about. */
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

/** What a search comes to: a page to go to straight away, several to choose from, or nothing. */
type Answer = { kind: 'one'; hit: Hit } | { kind: 'many' } | { kind: 'none' };

export interface HitGroup {
  kind: Kind;
  hits: Hit[];
}

/**
 * One hit is the answer. Of several, the most telling one is, if it stands alone in its kind and all others are what
 * it is about: a pasted delivery names its event, session and learner too.
 */
export function answerOf(hits: readonly Hit[]): Answer {
  if (hits.length === 0) return { kind: 'none' };
  const kind = MOST_TELLING_FIRST.find((one) => hits.some((hit) => hit.kind === one))!;
  const [main, ...rivals] = hits.filter((hit) => hit.kind === kind);
  if (rivals.length === 0 && isAbout(main!, hits)) return { kind: 'one', hit: main! };
  return { kind: 'many' };
}

/** Those of a kind together, in the order in which the API ranks them. */
export function groupsOf(hits: readonly Hit[]): HitGroup[] {
  const groups = Map.groupBy(hits, ({ kind }) => kind);
  return [...groups].map(([kind, ofKind]) => ({ kind, hits: ofKind }));
}

/** Refused posts need no page of their own here: the story of a session or learner tells of them. */
function isAbout(main: Hit, hits: readonly Hit[]): boolean {
  const others = hits.filter((hit) => hit !== main && hit.kind !== 'event_rejection');
  const known = new Set(namedBy(main));
  // Through the others as well: a delivery names its event, and that names its session.
  for (let size = 0; size !== known.size;) {
    size = known.size;
    for (const hit of others)
      if (known.has(nameOf(hit))) for (const name of namedBy(hit)) known.add(name);
  }
  return others.every((hit) => known.has(nameOf(hit)));
}

/** An id alone is not enough: the same text may be that of a session and of a learner. */
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
