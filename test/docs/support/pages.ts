import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the repository. */
export const ROOT = join(import.meta.dirname, '../../..');

const PAGES = ['*.md', 'docs/**/*.md', '{apps,libs,test}/**/*.md'];
const NO_PAGES = ['node_modules', 'dist'];
const CODE = /^( *)```[\s\S]*?^\1```|`[^`\n]+`/gm;
const DEFINITION = /^\[([^\]]+)\]: (\S+)/gm;

export interface Page {
  /** Path from the repository's root. */
  path: string;
  /** The text for people, without code blocks and code in sentences. */
  prose: string;
  /** Targets by their label: `[label]: target`. */
  definitions: ReadonlyMap<string, string>;
}

/** Every page of Markdown in the repository. */
export const pages: readonly Page[] = globSync(PAGES, {
  cwd: ROOT,
  exclude: (name) => NO_PAGES.includes(name),
}).map((path) => {
  const prose = textOf(path).replaceAll(CODE, '``');
  const definitions = new Map(
    [...prose.matchAll(DEFINITION)].map(([, label, to]) => [label!, to!]),
  );
  return { path, prose, definitions };
});

/** @param path from the repository's root */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
