import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { constantOf } from './support/constant-of.js';
import { pages, type Page } from './support/pages.js';
import { valueOf } from './support/value-of.js';

/** `[55 s][LEASE_SECONDS]`, with `[LEASE_SECONDS]: <the file that sets it>` at the end of the page. */
const LINKED = /\[([^\]]+)\]\[([A-Z][A-Z0-9_]*(?:\.\w+)*)\]/g;
const CONSTANT = /^[A-Z][A-Z0-9_]*(?:\.\w+)*$/;
/** Amounts without a link. What begins with "about" was measured. */
const ALONE =
  /(?<!about |[\d,.])\d[\d,.]*(?:\/\d+)? (?:ms|s|min|h|hours?|days?|[KM]iB|%)(?![\w%])/g;

/** Amounts that follow from several constants, by page. */
const DERIVED: Record<string, string[]> = {
  // The death watch and a claim together: held by test/faults.
  'docs/lifecycle/interrupted.md': ['5 s'],
  // 2 ** attempt.
  'docs/lifecycle/own-failures.md': ['2 s'],
};

const linkedNumbers = (page: Page) =>
  [...page.prose.matchAll(LINKED)].map(([, text, label]) => ({ text: text!, label: label! }));

const pagesWithNumbers = pages.filter((page) => linkedNumbers(page).length > 0);

describe('a number that is a link is the value of the constant that it links to', () => {
  it.each(pagesWithNumbers)('in $path', (page) => {
    for (const { text, label } of linkedNumbers(page)) {
      const file = page.definitions.get(label);
      expect(file, `no [${label}]: at the end of the page`).toBeDefined();
      const value = constantOf(join(page.path, '..', file!), label);
      expect(value, `${label} is not set in ${file}`).toBeDefined();
      expect(valueOf(text, label), `[${text}][${label}]`).toEqual(structuredClone(value));
    }
  });
});

it('a constant at the end of a page is one that the page names', () => {
  const idle = pages.flatMap((page) => {
    const named = new Set(linkedNumbers(page).map(({ label }) => label));
    return [...page.definitions.keys()].filter(
      (label) => CONSTANT.test(label) && !named.has(label),
    );
  });
  expect(idle).toEqual([]);
});

it('the pages on the life of a delivery have every amount from a constant', () => {
  const lifecycle = pages.filter(({ path }) => path.startsWith('docs/lifecycle/'));
  const alone = lifecycle
    .map(({ path, prose }) => [path, prose.replaceAll(LINKED, '').match(ALONE)])
    .filter(([, amounts]) => amounts !== null);
  expect(Object.fromEntries(alone)).toEqual(DERIVED);
});
