import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACTION_CHOICES, actionWords } from './action-words.ts';

const GUIDE = readFileSync(new URL('../../../../../../docs/audit-log.md', import.meta.url), 'utf8');

/** The actions that audit-log.md names; a row such as `webhook.created`, `.updated` names several of one resource. */
function actionsOfGuide(): string[] {
  const rows = GUIDE.split('\n').filter((line) => /^\| `\w+` /.test(line));
  return rows.flatMap((row) => {
    let kind = '';
    return [...row.matchAll(/`(\w*)\.([a-z_]+)`/g)].map(([, own, verb]) => {
      kind = own || kind;
      return `${kind}.${verb}`;
    });
  });
}

it('the page of the audit log has words for every action that the guide to the audit log names, and for no other', () => {
  const known = ACTION_CHOICES.map(({ value }) => value).filter((value) => value !== '');
  expect(known.toSorted()).toEqual([...new Set(actionsOfGuide())].toSorted());
});

it('the page of the audit log shows an action of a newer version as it is', () => {
  expect(actionWords('webhook.sung_to')).toBe('webhook.sung_to');
});
