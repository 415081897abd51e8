import type { Setting } from './setting.js';
import { SETTINGS } from './settings.js';

const WIDTH = 98;
const HEAD = `# Generated from libs/config by "npm run env:example". Copy to .env and uncomment what you change.
`;

/** The text of `.env.example`: every setting an operator may set, with what it does and its default. */
export function renderEnvExample(): string {
  const settings = Object.values<Setting<unknown>>(SETTINGS).filter(({ internal }) => !internal);
  const sections = [...new Set(settings.map(({ section }) => section))];
  const blocks = sections.map((section) => {
    const entries = settings.filter((setting) => setting.section === section).map(renderSetting);
    return `\n## ${section}\n\n${entries.join('\n')}`;
  });
  return HEAD + blocks.join('');
}

function renderSetting({ name, about, default: byDefault, example }: Setting<unknown>): string {
  const comment = wrap(about)
    .map((line) => `# ${line}\n`)
    .join('');
  return `${comment}#${name}=${byDefault ?? example ?? ''}\n`;
}

function wrap(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    const longer = last === '' ? word : `${last} ${word}`;
    if (longer.length > WIDTH - 2 && last !== '') lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
