import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EVENT_TYPES, type EventType } from '@schoolbell/catalogue';
import { formatExamples } from '@schoolbell/formats';

/** An event as it goes on the wire. */
export class FormatExampleDocument {
  @ApiProperty({ description: 'What a webhook calls it in its `format`.' })
  format!: string;

  @ApiProperty()
  contentType!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Headers of this format, beside those of every attempt and the signature.',
  })
  headers?: Record<string, string>;

  @ApiProperty({ description: 'The text that is sent, byte for byte.' })
  body!: string;
}

export class EventTypeDocument {
  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({
    enum: ['runtime', 'schoolbell'],
    description: 'Only what `runtime` emits can be posted.',
  })
  emittedBy!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'JSON Schema 2020-12.' })
  schema!: unknown;

  @ApiProperty({ type: 'object', additionalProperties: true })
  example!: unknown;

  @ApiProperty({
    type: [FormatExampleDocument],
    description: 'The example in each format that carries the type, with the format’s defaults.',
  })
  examples!: FormatExampleDocument[];
}

/** The catalogue as it is served; it changes with a release only. */
export const EVENT_TYPE_DOCUMENTS: readonly EventTypeDocument[] = EVENT_TYPES.map((type) => ({
  name: type.name,
  description: type.description,
  emittedBy: type.emittedBy,
  schema: type.schema,
  example: type.example,
  examples: presentExamples(type),
}));

function presentExamples(type: EventType): FormatExampleDocument[] {
  return formatExamples(type).map(({ format, contentType, headers, body }) => ({
    format,
    contentType,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    body,
  }));
}
