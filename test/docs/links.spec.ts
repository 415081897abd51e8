import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pages, ROOT, textOf, type Page } from './support/pages.js';

const INLINE = /\]\(([^)\s]+)(?: "[^"]*")?\)/g;
const HEADING = /^#+ (.+)$/gm;
const ELSEWHERE = /^[a-z]+:/;

/** A path in code, without placeholders. */
const NAMED = /`((?:apps|docs|libs|prisma|scripts|test)\/[\w./-]+)`/g;
const TELLS_OF_THE_PAST = ['CHANGELOG.md'];

const SOURCES = ['{apps,libs,test,scripts}/**/*.{ts,tsx,mjs}', 'prisma/**/*.{prisma,sql}', '*.ts'];
/** A page, or the number of a decision. */
const MENTIONED = /(?<![\w/.-])docs\/(?:adr\/\d{4}|[\w/-]+\.md)/g;

it('links of pages lead to files and headings that exist', () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page.path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

it('pages name files that exist', () => {
  const missing = pages
    .filter(({ path }) => !TELLS_OF_THE_PAST.includes(path))
    .flatMap(({ path }) =>
      [...textOf(path).matchAll(NAMED)]
        .map(([, file]) => file!)
        .filter((file) => !existsSync(join(ROOT, file)))
        .map((file) => `${path}: ${file}`),
    );
  expect(missing).toEqual([]);
});

it('comments name pages that exist', () => {
  const files = globSync(SOURCES, {
    cwd: ROOT,
    exclude: (name) => ['node_modules', 'dist', 'generated'].includes(name),
  });
  const missing = files.flatMap((file) =>
    (textOf(file).match(MENTIONED) ?? [])
      .filter((mention) => globSync([mention, `${mention}-*.md`], { cwd: ROOT }).length === 0)
      .map((mention) => `${file}: ${mention}`),
  );
  expect(missing).toEqual([]);
});

it('every page of docs can be found from their index', () => {
  const reached = new Set(['docs/README.md']);
  for (const path of reached) {
    const page = pages.find((other) => other.path === path);
    for (const link of page ? linksOf(page) : []) {
      if (!ELSEWHERE.test(link)) reached.add(join(path, '..', link.split('#')[0]!));
    }
  }
  const docs = pages.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
  expect(docs.filter((path) => !reached.has(path))).toEqual([]);
});

function linksOf({ prose, definitions }: Page): string[] {
  return [...[...prose.matchAll(INLINE)].map(([, link]) => link!), ...definitions.values()];
}

function leadsSomewhere(page: Page, link: string): boolean {
  if (ELSEWHERE.test(link)) return true;
  const [file, heading] = link.split('#') as [string, string?];
  const path = file === '' ? page.path : join(page.path, '..', file);
  if (!existsSync(join(ROOT, path))) return false;
  return heading === undefined || !path.endsWith('.md') || anchorsOf(path).has(heading);
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(path: string): Set<string> {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const headings = [...text.matchAll(HEADING)].map(([, heading]) => heading!);
  return new Set(
    headings.map((heading) =>
      heading
        .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}
