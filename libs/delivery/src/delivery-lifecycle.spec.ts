import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATUSES, DELIVERY_TRANSITIONS } from './delivery-status.js';

const PAGE = new URL('../../../docs/lifecycle/README.md', import.meta.url);
const ARROW = /^\s*(\[\*\]|\w+) --> (\w+): (.+)$/;

const page = readFileSync(PAGE, 'utf8');

function drawnTransitions(): { from: string; to: string; on: string }[] {
  const diagram = page.split('```mermaid')[1]!.split('```')[0]!;
  return diagram.split('\n').flatMap((line) => {
    const match = ARROW.exec(line);
    if (!match) return [];
    const [, from, to, on] = match as unknown as [string, string, string, string];
    return [{ from: from === '[*]' ? 'accepted' : from, to, on }];
  });
}

describe('docs/lifecycle/README.md', () => {
  it('draws every transition that exists, and no other', () => {
    expect(drawnTransitions()).toEqual(DELIVERY_TRANSITIONS);
  });

  it('explains every state', () => {
    for (const status of DELIVERY_STATUSES)
      expect(page).toMatch(new RegExp(`\\| \`${status}\` +\\|`));
  });
});
