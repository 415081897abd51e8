import type { Header, WireFormat } from '../contract/wire-format.js';
import { carries, FORMATS } from '../formats.js';
import { formatInput } from '../request/format-input.js';
import { exampleAttempt, type TypeWithExample } from './example-attempt.js';

/** What a format makes of an event. */
export interface FormatExample {
  format: string;
  contentType: string;
  /** Those that the format adds; neither the ones of every attempt nor the signature. */
  headers: readonly Header[];
  /** Exactly the text that is sent. */
  body: string;
}

/** The example of an event type in each format that carries it, in the order of the table of formats. */
export function formatExamples(type: TypeWithExample): FormatExample[] {
  return FORMATS.filter((format) => !format.templated && carries(format, type.name)).flatMap(
    (format) => exampleIn(format, type),
  );
}

function exampleIn(format: WireFormat, type: TypeWithExample): FormatExample[] {
  const { delivery, webhook } = exampleAttempt(format, type);
  const input = formatInput(format, delivery, webhook);
  if (format.takes?.(input.events[0]) === false) return [];
  return [
    {
      format: format.name,
      contentType: format.contentType(input),
      headers: format.headers?.(input) ?? [],
      body: format.body(input),
    },
  ];
}
