import { expect, it } from 'vitest';
import { visible } from './visible.ts';

it('the dashboard shows what could hide or turn text around', () => {
  expect(visible('a\u202Eb\u200Bc\u0000d\u{E0041}')).toBe('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d⟨U+E0041⟩');
  expect(visible('one\rtwo')).toBe('one⟨U+000D⟩two');
});

it('the dashboard leaves all other text as it is', () => {
  const text = 'שלום 👋 é\n\tline two\r\n<script>';
  expect(visible(text)).toBe(text.replace('\r\n', '\n'));
});
