/**
 * Characters of `q`, percent-encoded. URL and headers of a request may have 16 KiB together, including the access
 * token.
 */
const MOST_ENCODED = 10_000;
/** Lines that may name something: `sessionId`, `learner_id=`, or an id of Schoolbell's. */
const NAMES_SOMETHING = /_?id["']?\s*[:=]|\b[a-z]{2,4}_[0-9a-z]{26}\b/i;

/** Values that do not belong in an address: a pasted `curl` often holds a key. */
const SECRETS: readonly [RegExp, string][] = [
  [/((?:authorization|x-api-key|cookie)["']?\s*[:=]\s*)[^'"\n]+/gi, '$1…'],
  [/\b(?:sbk|whsec)_[\w+/=-]+/g, '…'],
  [/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer …'],
];

/**
 * The search text, from whatever was pasted: without keys and tokens, and short enough for an address. Of a long text,
 * only the lines that name something stay.
 */
export function queryOf(text: string): string {
  const harmless = SECRETS.reduce((rest, [secret, instead]) => rest.replace(secret, instead), text);
  const trimmed = harmless.trim();
  if (fits(trimmed)) return trimmed;
  const telling = trimmed.split(/[\n,]/).filter((line) => NAMES_SOMETHING.test(line));
  let query = '';
  for (const line of telling) {
    if (!fits(`${query}\n${line}`)) break;
    query += `\n${line}`;
  }
  return query.trim() || trimmed.slice(0, MOST_ENCODED / 12);
}

const fits = (text: string): boolean =>
  encodeURIComponent(text.toWellFormed()).length <= MOST_ENCODED;

/** The text in one line, as the box shows it. */
export const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');
