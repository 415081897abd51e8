import { visible } from './visible.ts';

/** Scripts whose words are spelt with joiners: Persian among them, and most of India's. */
const SPELT_WITH_JOINERS =
  '[' +
  ['Arabic', 'Bengali', 'Devanagari', 'Gujarati', 'Gurmukhi', 'Kannada', 'Malayalam', 'Oriya']
    .concat(['Sinhala', 'Syriac', 'Tamil', 'Telugu'])
    .map((script) => `\\p{Script=${script}}`)
    .join('') +
  ']';

/** Invisible characters that a name is written with, where they stand as they should. */
const MEANT = new RegExp(
  [
    `(?<=${SPELT_WITH_JOINERS})[\\u200c\\u200d](?=${SPELT_WITH_JOINERS})`,
    // A picture made of others: a student is a woman and a hat.
    '(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})\\ufe0f',
  ].join('|'),
  'gu',
);

/**
 * The name of a person, an organisation or a key: as {@link visible}, but for the joiners of scripts and pictures, which
 * belong to its spelling. An id is shown by `visible`, for each of its characters counts.
 */
export function visibleName(name: string): string {
  let shown = '';
  let from = 0;
  for (const { 0: joiner, index } of name.matchAll(MEANT)) {
    shown += visible(name.slice(from, index)) + joiner;
    from = index + joiner.length;
  }
  return shown + visible(name.slice(from));
}
