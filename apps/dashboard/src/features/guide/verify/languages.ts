import { csharp } from './snippets/csharp.ts';
import { go } from './snippets/go.ts';
import { java } from './snippets/java.ts';
import { node } from './snippets/node.ts';
import { php } from './snippets/php.ts';
import { python } from './snippets/python.ts';
import { ruby } from './snippets/ruby.ts';
import type { SignatureScheme } from './signature-scheme.ts';

/** The guide's languages; the keys are the values of `?language=`. */
export const LANGUAGES = { node, python, php, java, csharp, go, ruby };

export type Language = keyof typeof LANGUAGES;

export const isLanguage = (name: string | undefined): name is Language =>
  name !== undefined && Object.hasOwn(LANGUAGES, name);

/** Complete code that verifies requests of a scheme, to be pasted as it is. */
export function snippetOf(language: Language, scheme: SignatureScheme): string {
  const snippet = LANGUAGES[language];
  return scheme.kind === 'standard' ? snippet.standard : snippet.body(scheme);
}
