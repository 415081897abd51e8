/** Ranges of code points that are invisible, or that change how the text around them is shown. */
const INVISIBLE: readonly [number, number][] = [
  // Control characters, except tab and line feed.
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  // Soft hyphen, and letters of no width.
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  // Zero-width characters, text directions, line separators.
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  // Tags and variation selectors.
  [0xe0000, 0xe0fff],
];

/** Most texts match, which saves looking at each of their characters. */
const PLAIN = /^[\x20-\x7e\n\t]*$/;

/**
 * A foreign text with each invisible character as `⟨U+202E⟩`: otherwise a receiver's answer could look like
 * something that it is not. Line ends of Windows stay line ends.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return Array.from(text.replaceAll('\r\n', '\n'), shown).join('');
}

function shown(character: string): string {
  const code = character.codePointAt(0)!;
  const hidden = INVISIBLE.some(([first, last]) => code >= first && code <= last);
  return hidden ? `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩` : character;
}
