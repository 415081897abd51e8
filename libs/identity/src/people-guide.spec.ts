import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PERMISSIONS, ROLE_PERMISSIONS, type Role } from './index.js';

const GUIDE = new URL('../../../docs/people.md', import.meta.url);

it('docs/people.md says what each role may do', () => {
  const ofRoles = readFileSync(GUIDE, 'utf8').split('\n## ')[1]!;
  const rows = ofRoles
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head, , ...table] = rows as [string[], string[], ...string[][]];
  const roles = Object.keys(ROLE_PERMISSIONS) as Role[];
  expect(head).toEqual(['permission', ...roles]);
  expect(table).toEqual(
    PERMISSIONS.map((permission) => [
      `\`${permission}\``,
      ...roles.map((role) => (ROLE_PERMISSIONS[role].includes(permission) ? 'yes' : '')),
    ]),
  );
});
