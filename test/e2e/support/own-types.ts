/** The schema of an order, and what fits it. */
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

/** Another type altogether. */
export const NUMBERED = { schema: { required: ['number'] }, example: { number: 7 } };
