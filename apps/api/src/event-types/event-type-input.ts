import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_SCHEMA_BYTES, MAX_SCHEMA_DEPTH } from '@schoolbell/schemas';
import { Allow, IsDefined } from 'class-validator';
import { JsonObject } from '../fields/json-object.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Text, TextCheckedLater } from '../fields/text.js';
import { MAX_NAME_LENGTH } from './event-type-names.js';

export const ORDER_PLACED = {
  type: 'order.placed',
  description: 'A learner bought a course.',
  schema: {
    type: 'object',
    required: ['orderId', 'learnerId'],
    properties: {
      orderId: { type: 'string', pattern: '^ord_' },
      learnerId: { type: 'string' },
      total: { type: 'number', minimum: 0 },
      currency: { type: 'string', enum: ['EUR', 'GBP', 'USD'] },
    },
  },
  example: { orderId: 'ord_8213', learnerId: 'learner-42', total: 49.9, currency: 'EUR' },
};

const DESCRIPTION = { minLength: 1, maxLength: 1_024, example: ORDER_PLACED.description };
/** A JSON Schema in OpenAPI. */
export const ANY_SCHEMA = {
  oneOf: [{ type: 'object', additionalProperties: true }, { type: 'boolean' }],
};
const SCHEMA = {
  ...ANY_SCHEMA,
  description: `JSON Schema 2020-12 of \`data\`: at most ${MAX_SCHEMA_BYTES / 1024} KiB and ${MAX_SCHEMA_DEPTH} levels deep; \`$ref\` to its own parts only (\`#…\`), no \`$id\`, \`$dynamicRef\` or unknown keywords. \`format\` is checked.`,
  example: ORDER_PLACED.schema,
};
const EXAMPLE = {
  additionalProperties: true,
  description:
    'Data that fits the schema, at most 16 KiB: what a test of a webhook sends, and what filters and templates are tried with.',
  example: ORDER_PLACED.example,
};

/** The body of `POST /v1/event-types`. */
export class RegisterEventType {
  @TextCheckedLater({
    maxLength: MAX_NAME_LENGTH,
    description:
      'Lower case and dotted. It must not be a name of the catalogue, or begin with `webhook.`, `delivery.`, `usage.` or `schoolbell.`.',
    example: ORDER_PLACED.type,
  })
  type!: string;

  @Text(DESCRIPTION)
  description!: string;

  @ApiProperty(SCHEMA)
  @IsDefined()
  schema!: unknown;

  @JsonObject(EXAMPLE)
  example!: Record<string, unknown>;
}

/** The body of `PATCH /v1/event-types/{type}`: fields left out keep their values. */
export class ChangeEventType {
  @MayBeLeftOut()
  @Text(DESCRIPTION)
  description?: string;

  @ApiPropertyOptional(SCHEMA)
  @Allow()
  schema?: unknown;

  @MayBeLeftOut()
  @JsonObject(EXAMPLE)
  example?: Record<string, unknown>;
}
