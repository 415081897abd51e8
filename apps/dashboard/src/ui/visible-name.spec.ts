import { describe, expect, it } from 'vitest';
import { visibleName } from './visible-name.ts';

describe('a name on the page', () => {
  it('keeps the joiners of Persian words and of pictures', () => {
    for (const name of [
      'مهرداد نیک\u200cنام',
      '👩🏽\u200d🎓 Ada',
      '❤\ufe0f Learning',
      'श्री\u200dमान',
    ]) {
      expect(visibleName(name)).toBe(name);
    }
  });

  it('shows what turns text around, and a joiner where no script has one', () => {
    expect(visibleName('Evil \u202egnp.exe')).toBe('Evil ⟨U+202E⟩gnp.exe');
    expect(visibleName('pay\u200cpal')).toBe('pay⟨U+200C⟩pal');
    expect(visibleName('Ada\ufe0f')).toBe('Ada⟨U+FE0F⟩');
  });
});
