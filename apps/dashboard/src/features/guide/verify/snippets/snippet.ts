import type { BodySignature } from '../signature-scheme.ts';

/** Code that verifies a request: with the language's standard library alone, in constant time. */
export interface Snippet {
  /** What the language is called. */
  title: string;
  /** How a receiver calls it, with the request's headers and the bytes of its body. */
  call: string;
  body: (signature: BodySignature) => string;
  standard: string;
}
