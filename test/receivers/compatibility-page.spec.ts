import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SYSTEMS } from '../e2e/support/systems/index.js';

const PAGE = new URL('../../docs/compatibility.md', import.meta.url);
const COLUMNS = [
  'registration',
  'events',
  'body',
  'signature',
  'test event',
  'retry',
  'pause',
  'log',
];
/** A system that Schoolbell does not replace; its section says why. */
const NOT_WORTHWHILE = 'Cornerstone';

const page = readFileSync(PAGE, 'utf8');

interface Reference {
  path: string;
  /** Title of a test or its suite. */
  title: string;
}

const references = new Map<string, Reference>(
  [...page.matchAll(/^\[([\w-]+)\]: (\S+) '(.+)'$/gm)].map(([, name, path, title]) => [
    name!,
    { path: path!, title: title! },
  ]),
);

const [head, , ...rows] = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const isThere = (path: string) => existsSync(new URL(path, PAGE));
const nameOf = (cell: string) => /^\[(.+)\]\(#.+\)$/.exec(cell)?.[1];

/** The anchors that GitHub makes of headings. */
const anchors = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
  heading!.toLowerCase().replaceAll(' ', '-'),
);

describe('docs/compatibility.md', () => {
  it('has every column', () => {
    expect(head).toEqual(['system', ...COLUMNS]);
  });

  it('has a row for each system whose receiver is tried, and for the one that is not worthwhile', () => {
    const names = rows.map(([system]) => nameOf(system!));
    expect(names.toSorted()).toEqual(
      [...SYSTEMS.map(({ name }) => name), NOT_WORTHWHILE].toSorted(),
    );
  });

  it.each(rows.map(([system, ...cells]) => [nameOf(system!), cells] as const))(
    'links each cell of %s to a test, or to the reason',
    (name, cells) => {
      expect(cells).toHaveLength(COLUMNS.length);
      for (const cell of cells) {
        if (name === NOT_WORTHWHILE) expect(cell).toMatch(/^\[.+\]\(#cornerstone\)$/);
        else expect([...references.keys()]).toContain(/^\[.+\]\[(.+)\]$/.exec(cell)?.[1]);
      }
    },
  );

  it.each([...references])('links [%s] to a test of that title', (_name, { path, title }) => {
    expect(readFileSync(new URL(path, PAGE), 'utf8')).toContain(title);
  });

  it('links to pages, code and sections that exist', () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
    const broken = links.filter((link) =>
      link.startsWith('#') ? !anchors.includes(link.slice(1)) : !isThere(link.split('#')[0]!),
    );
    expect(broken).toEqual([]);
  });
});
