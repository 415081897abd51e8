import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPLANATION_CODES } from '../event-explanation/explanation-reason.js';
import { ERROR_CODES, type ErrorCodeEntry } from './error-codes.js';
import { RATE_LIMITS } from './rate-limiter.js';

const GUIDE = join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'api.md');

describe('the guide to the API', () => {
  it('lists every error code as the API answers it, and no other', () => {
    const rows = readFileSync(GUIDE, 'utf8')
      .split('\n')
      .filter((line) => /^\| `\w+` +\| \d{3}/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const table = Object.entries<ErrorCodeEntry>(ERROR_CODES).map(
      ([code, { status, title, advice }]) => [`\`${code}\``, String(status), title, advice],
    );
    expect(rows).toEqual(table);
  });

  it('lists every reason of an explanation, and no other', () => {
    const guide = readFileSync(GUIDE, 'utf8');
    const table = guide.slice(guide.indexOf('| `code` '), guide.indexOf('### Posts that were'));
    const codes = [...table.matchAll(/^\| `(\w+)` +\|/gm)].map(([, code]) => code);
    expect(codes).toEqual(['code', ...EXPLANATION_CODES]);
  });

  it('names the rate limits as they are', () => {
    const guide = readFileSync(GUIDE, 'utf8');
    for (const { name, quota } of RATE_LIMITS) {
      const who = name.replace('-', ' ');
      expect(guide).toMatch(new RegExp(`${quota.toLocaleString('en')} for an? ${who}`));
    }
  });
});
