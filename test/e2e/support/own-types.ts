import { type ApiClient, type ApiResponse, eventually } from '../../support/index.js';

/** The schema of an order, and data that fits it. */
export const SCHEMA = {
  type: 'object',
  required: ['orderId'],
  properties: {
    orderId: { type: 'string', pattern: '^ord_' },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
  },
  $defs: { line: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } } },
};
export const EXAMPLE = { orderId: 'ord_1', lines: [{ sku: 'course-7' }] };
export const DATA = { orderId: 'ord_2', learnerId: 'lrn_7', gift: { wrap: null } };

let count = 0;

/** A name that no other test of the file uses. */
export const newName = (): string => `order.placed-${(count += 1)}`;

/** The body that registers a type. */
export const draft = (type: string, changes: object = {}) => ({
  type,
  description: 'A learner bought a course.',
  schema: SCHEMA,
  example: EXAMPLE,
  ...changes,
});

/** A different type. */
export const NUMBERED = { schema: { required: ['number'] }, example: { number: 7 } };

/**
 * Repeats a call that was not checked in time, as a customer would: on some machines a process takes seconds to start.
 */
export const untilChecked = <T>(ask: () => Promise<ApiResponse<T>>): Promise<ApiResponse<T>> =>
  eventually(
    async () => {
      const answer = await ask();
      if (answer.status === 503) throw new Error('It was not checked in time.');
      return answer;
    },
    { timeoutMs: 30_000 },
  );

/** Registers a type of a new name. @returns the name */
export async function registerType(api: ApiClient, changes: object = {}): Promise<string> {
  const type = newName();
  const { status, body } = await untilChecked(() =>
    api.post('/v1/event-types', draft(type, changes)),
  );
  if (status !== 201) throw new Error(`Not registered: ${status} ${JSON.stringify(body)}`);
  return type;
}
