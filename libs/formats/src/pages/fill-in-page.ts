import { eventTypeNamed } from '@schoolbell/catalogue';
import type { SettingValues } from '../contract/format-settings.js';
import type { WireFormat } from '../contract/wire-format.js';
import { FORMATS } from '../formats.js';
import { example } from './example.js';
import { carriedTypes, facts, signatureOf } from './facts.js';

const BLOCK = /^<!-- (facts|example|formats)(?: (\S+))?(?: (\{.*\}))? -->$[\s\S]*?^<!-- end -->$/gm;

/**
 * A page of the docs, its blocks written anew: `<!-- facts -->`, and
 * `<!-- example session.completed {"mode":"binary"} -->` with settings or without. Each ends with
 * `<!-- end -->`; what is around them stays.
 */
export function fillInPage(page: string, format: WireFormat): string {
  return replaceBlocks(page, (kind, type, settings) =>
    kind === 'facts' ? facts(format) : example(format, eventTypeNamed(type!)!, settings),
  );
}

/**
 * The index of the pages, its block `<!-- formats -->` written anew.
 *
 * @param promises what receivers of each format may rely on, by its name
 */
export function fillInIndex(page: string, promises: ReadonlyMap<string, string>): string {
  const rows = FORMATS.map(
    (format) =>
      `| [\`${format.name}\`](${format.name}.md) | ${promises.get(format.name)} | ` +
      `${signatureOf(format)} | ${carriedTypes(format)} |`,
  );
  const head = ['| format | promise | signature | event types |', '| --- | --- | --- | --- |'];
  return replaceBlocks(page, () => [...head, ...rows].join('\n'));
}

function replaceBlocks(
  page: string,
  content: (kind: string, type?: string, settings?: SettingValues) => string,
): string {
  return page.replaceAll(BLOCK, (block: string, kind: string, type?: string, json?: string) => {
    const [opening] = block.split('\n');
    const settings = json === undefined ? undefined : (JSON.parse(json) as SettingValues);
    return `${opening}\n\n${content(kind, type, settings)}\n\n<!-- end -->`;
  });
}
