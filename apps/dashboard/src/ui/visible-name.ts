import { visible } from './visible.ts';

/** Scripts that spell words with joiners: Persian among them, and most of India's. */
const SPELT_WITH_JOINERS =
  '[' +
  ['Arabic', 'Bengali', 'Devanagari', 'Gujarati', 'Gurmukhi', 'Kannada', 'Malayalam', 'Oriya']
    .concat(['Sinhala', 'Syriac', 'Tamil', 'Telugu'])
    .map((script) => `\\p{Script=${script}}`)
    .join('') +
  ']';

/** Invisible characters that belong to the spelling of a name, where they stand correctly. */
const MEANT = new RegExp(
  [
    `(?<=${SPELT_WITH_JOINERS})[\\u200c\\u200d](?=${SPELT_WITH_JOINERS})`,
    // An emoji made of several: a student is a woman and a hat.
    '(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})\\ufe0f',
  ].join('|'),
  'gu',
);

/**
 * The name of a person, an organisation or a key: like {@link visible}, but keeps the joiners that scripts and emoji
 * need. For ids use `visible`, since each of their characters counts.
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
