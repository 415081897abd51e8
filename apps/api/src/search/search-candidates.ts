import { isId } from '@schoolbell/catalogue';
import { fromTypeId, ID_PREFIXES } from '@schoolbell/ids';
import { SEARCHED_KINDS, type SearchedKind, type SearchIds } from '@schoolbell/persistence';

/** How many ids of each Schoolbell kind are looked up. */
const MOST_OWN = 20;
/** How many of the runtime's ids are looked up, each in four indexes. */
const MOST_RUNTIME = 30;

/** What a text may be about, most likely first. */
export interface SearchCandidates extends SearchIds {
  /** The kinds of the Schoolbell ids, in the order in which the text names them. */
  kinds: readonly SearchedKind[];
}

const KIND_OF_PREFIX = new Map(SEARCHED_KINDS.map((kind) => [ID_PREFIXES[kind] as string, kind]));
const OWN_ID = new RegExp(
  `(?<![A-Za-z0-9_])(${[...KIND_OF_PREFIX.keys()].join('|')})_[0-9a-z]{26}(?![A-Za-z0-9_])`,
  'g',
);

/** Longer strings are not ids; the bound lets a text full of quotes be read in one pass. */
const QUOTED = `"((?:[^"\\\\]|\\\\.){1,300})"`;
const NAMED_FIELD = new RegExp(
  `(?:session|package|dispatch|learner|user)_?id\\\\?["']?\\s{0,9}[:=]\\s{0,9}(?:\\\\?${QUOTED}|'([^']{1,300})'|([^\\s"',;&}\\])\\\\]{1,300}))`,
  'gi',
);
const STRING = new RegExp(`${QUOTED}(?!\\s{0,9}:)`, 'g');
const URL_IN_TEXT = /https?:\/\/[^\s"'`<>\\]{1,2000}/g;
const BETWEEN_WORDS = /[\s"'`,;:=&?#/<>(){}[\]\\|]+/;
/** Characters that people paste around an id. */
const AROUND = /^[\s"'`<([{]+|[\s"'`>)\]},;.]+$/g;

/**
 * Finds whatever may be an id in a text, which may be an id, a sentence, a URL, a `curl` or JSON. Schoolbell ids are
 * recognised by their form; a runtime's id can be any text, so the most likely ones come first: the text as a whole,
 * fields with the name of an id, strings, parts of URLs, single words.
 */
export function searchCandidates(text: string): SearchCandidates {
  const readings = [...new Set([text, unescaped(text), percentDecoded(text)])];
  const own = ownIds(readings);
  const runtime = new Set<string>();
  for (const candidate of candidatesIn(text, readings)) {
    if (isId(candidate)) runtime.add(candidate);
    if (runtime.size === MOST_RUNTIME) break;
  }
  return { kinds: [...own.keys()], own: Object.fromEntries(own), runtime: [...runtime] };
}

function* candidatesIn(text: string, readings: readonly string[]): Generator<string> {
  yield text;
  yield text.trim();
  yield text.replaceAll(AROUND, '');
  for (const reading of readings) {
    for (const [, quoted, single, bare] of reading.matchAll(NAMED_FIELD)) {
      yield quoted === undefined ? (single ?? bare ?? '') : unquoted(quoted);
    }
  }
  yield* stringsOfJson(text);
  for (const reading of readings) {
    for (const [, quoted] of reading.matchAll(STRING)) yield unquoted(quoted!);
  }
  for (const [url] of text.matchAll(URL_IN_TEXT)) yield* partsOfUrl(url);
  for (const reading of readings) yield* reading.split(BETWEEN_WORDS);
}

function ownIds(readings: readonly string[]): Map<SearchedKind, string[]> {
  const found = new Map<SearchedKind, Set<string>>();
  for (const reading of readings) {
    for (const [id, prefix] of reading.matchAll(OWN_ID)) {
      const kind = KIND_OF_PREFIX.get(prefix!)!;
      const uuid = fromTypeId(kind, id);
      if (uuid !== undefined) found.set(kind, (found.get(kind) ?? new Set()).add(uuid));
    }
  }
  return new Map([...found].map(([kind, ids]) => [kind, [...ids].slice(0, MOST_OWN)]));
}

/** The strings in a JSON text, and in JSON within these. Without recursion, since it may be nested at will. */
function* stringsOfJson(text: string): Generator<string> {
  const values: unknown[] = [parsed(text)];
  for (const value of values) {
    if (typeof value === 'string') {
      yield value;
      if (/^\s*[[{]/.test(value)) values.push(parsed(value));
    } else if (typeof value === 'object' && value !== null) values.push(...Object.values(value));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Segments and values, the last first: a URL ends with what it is about. */
function partsOfUrl(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const { pathname, searchParams } = new URL(text);
  return [...searchParams.values(), ...pathname.split('/').map(percentDecoded).toReversed()];
}

/** The content of a JSON string; any other text as it is. */
function unquoted(content: string): string {
  const value = parsed(`"${content}"`);
  return typeof value === 'string' ? value : content;
}

/** Undoes the escaping of JSON within a JSON string, or of a shell's double quotes. */
function unescaped(text: string): string {
  return text.replaceAll('\\"', '"');
}

/** Text that cannot be decoded stays as it is. */
function percentDecoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
