import { readFileSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const DIST = join(import.meta.dirname, '../../../dist/dashboard');
const HOME = 'src/features/home/home-page.tsx';
/** Kilobytes of JavaScript, gzipped. */
const GOAL = 230;
const LIMIT = 250;

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

const manifest = JSON.parse(readFileSync(join(DIST, 'assets/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>;

/** The scripts that a browser loads for some modules, each once: theirs, and what these import at once. */
function chunksOf(names: string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    chunksOf(manifest[name]?.imports ?? [], found);
  }
  return found;
}

function scriptsOfHome(): { file: string; kilobytes: number }[] {
  const entry = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  return [...chunksOf([...entry, HOME])]
    .map((name) => manifest[name]!.file)
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, kilobytes: statSync(join(DIST, `${file}.gz`)).size / 1_000 }));
}

describe('what a browser loads of the dashboard', () => {
  it(`is at most ${GOAL} kB of JavaScript for Home, gzipped, and never over ${LIMIT}`, async ({
    annotate,
  }) => {
    const scripts = scriptsOfHome();
    expect(scripts.length).toBeGreaterThan(1);
    const kilobytes = scripts.reduce((sum, script) => sum + script.kilobytes, 0);
    const list = scripts
      .map((script) => `${script.file} ${script.kilobytes.toFixed(1)}`)
      .join(', ');
    if (kilobytes > GOAL) {
      await annotate(`Home loads ${kilobytes.toFixed(1)} kB, over ${GOAL}: ${list}`, 'warning');
    }
    expect(kilobytes, list).toBeLessThanOrEqual(LIMIT);
  });

  it('has its fonts as files of woff2, and nothing in data: URLs, which its policy refuses', async () => {
    const files = await readdir(join(DIST, 'assets'));
    const fonts = files.filter((file) => /\.(woff2?|ttf|otf|eot)$/.test(file));
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter((font) => !font.endsWith('.woff2'))).toEqual([]);
    const styles = files.filter((file) => file.endsWith('.css'));
    expect(styles.length).toBeGreaterThan(0);
    const pages = [...styles.map((file) => join(DIST, 'assets', file)), join(DIST, 'index.html')];
    for (const page of pages) {
      expect(await readFile(page, 'utf8'), page).not.toMatch(/(url\(|src=|href=)["']?data:/);
    }
  });

  it('begins with the font that its words are drawn in, lest lines break anew when it comes', async () => {
    const page = await readFile(join(DIST, 'index.html'), 'utf8');
    const [, font] = /<link rel="preload" href="\/([^"]+)" as="font" crossorigin>/.exec(page)!;
    const [sheet] = manifest['index.html']!.css!;
    expect(await readFile(join(DIST, sheet!), 'utf8')).toContain(`url(/${font})`);
  });

  it('is there in gzip and brotli too, made at build', async () => {
    const files = await readdir(join(DIST, 'assets'));
    const scripts = files.filter((file) => file.endsWith('.js'));
    const bare = scripts.filter(
      (file) => !files.includes(`${file}.gz`) || !files.includes(`${file}.br`),
    );
    expect(bare).toEqual([]);
  });
});
