import type { OpenAPIObject } from '@nestjs/swagger';

/** Useless for a generated client, and most of the document. */
const EXAMPLES = ['example', 'examples'];

/**
 * The document from which clients are generated: without examples, and without the errors' bodies, which are all the
 * same problem. Their codes stay.
 */
export function contractOf(document: OpenAPIObject): object {
  const contract = withoutExamples(document) as OpenAPIObject;
  for (const path of Object.values(contract.paths)) {
    for (const { responses } of Object.values(path) as { responses: object }[]) {
      for (const status of Object.keys(responses)) {
        if (Number(status) >= 400) delete responses[status as keyof typeof responses];
      }
    }
  }
  return contract;
}

/** @param isMap whether the keys of `value` are names of fields rather than keywords of the document */
function withoutExamples(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutExamples(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => isMap || !EXAMPLES.includes(name))
      .map(([name, one]) => [name, withoutExamples(one, name === 'properties')]),
  );
}
