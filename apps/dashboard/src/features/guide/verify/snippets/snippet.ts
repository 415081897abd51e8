import type { BodySignature } from '../signature-scheme.ts';

/** How a request is verified in a language: with its standard library alone, in constant time. */
export interface Snippet {
  /** What the language is called. */
  title: string;
  /** How a receiver calls it, with its headers and the bytes of the body as they arrived. */
  call: string;
  body: (signature: BodySignature) => string;
  standard: string;
}
