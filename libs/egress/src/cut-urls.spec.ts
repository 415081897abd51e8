import { expect, it } from 'vitest';
import { CutUrls } from './cut-urls.js';

it('a URL is remembered for a minute after its last cut, and ten thousand of them', () => {
  let now = 0;
  const urls = new CutUrls(() => now);
  urls.add('first');
  now = 59_999;
  expect([urls.has('first'), urls.has('other')]).toEqual([true, false]);
  urls.add('first');
  now = 119_998;
  expect(urls.has('first')).toBe(true);
  now = 119_999;
  expect(urls.has('first')).toBe(false);
  for (let n = 0; n <= 10_000; n++) urls.add(`${n}`);
  expect([urls.has('0'), urls.has('1'), urls.has('10000')]).toEqual([false, true, true]);
});
