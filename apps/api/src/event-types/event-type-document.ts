import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EVENT_TYPES, type EventType } from '@schoolbell/catalogue';
import { formatExamples } from '@schoolbell/formats';
import type { EventTypeRecord } from '@schoolbell/persistence';
import { ANY_SCHEMA, ORDER_PLACED } from './event-type-input.js';

/** An event as it goes on the wire. */
class FormatExampleDocument {
  @ApiProperty({ description: 'Its name, as in the `format` of a webhook.' })
  format!: string;

  @ApiProperty()
  contentType!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Headers of this format, besides those of every attempt and the signature.',
  })
  headers?: Record<string, string>;

  @ApiProperty({ description: 'The text that is sent, byte for byte.' })
  body!: string;
}

const OWNERS = ['catalogue', 'platform', 'tenant'] as const;

export class EventTypeDocument {
  @ApiProperty({ description: 'The `type` of its events.' })
  name!: string;

  @ApiProperty({ description: 'The same, under the name that it has in requests and in events.' })
  type!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({
    enum: OWNERS,
    description:
      'Who registered it: `catalogue` for the types that Schoolbell brings, `platform` for types that all tenants have.',
  })
  owner!: (typeof OWNERS)[number];

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'The current version, from 1, by whose schema events are checked; null for the catalogue, which changes with releases.',
  })
  version!: number | null;

  @ApiProperty({
    enum: ['runtime', 'schoolbell'],
    description: 'Only types that the `runtime` emits can be posted.',
  })
  emittedBy!: string;

  @ApiProperty({ ...ANY_SCHEMA, description: 'JSON Schema 2020-12.' })
  schema!: unknown;

  @ApiProperty({ type: 'object', additionalProperties: true })
  example!: unknown;

  @ApiProperty({
    type: [FormatExampleDocument],
    description: 'The example in each format that carries the type, with the format’s defaults.',
  })
  examples!: FormatExampleDocument[];

  @ApiPropertyOptional({ format: 'date-time', description: 'Left out for types of the catalogue.' })
  createdAt?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Left out for types of the catalogue.' })
  updatedAt?: string;
}

let catalogue: readonly EventTypeDocument[] | undefined;

/** The documents of the catalogue, which changes only with a release. Made when somebody asks for the first time. */
export function catalogueDocuments(): readonly EventTypeDocument[] {
  catalogue ??= EVENT_TYPES.map((type) => ({
    name: type.name,
    type: type.name,
    description: type.description,
    owner: 'catalogue',
    version: null,
    emittedBy: type.emittedBy,
    schema: type.schema,
    example: type.example,
    examples: presentExamples(type),
  }));
  return catalogue;
}

/** The document of a catalogue type; `undefined` for any other name. */
export function catalogueDocument(name: string): EventTypeDocument | undefined {
  return catalogueDocuments().find((type) => type.name === name);
}

export function presentEventType(record: EventTypeRecord): EventTypeDocument {
  const example = JSON.parse(record.example);
  return {
    name: record.type,
    type: record.type,
    description: record.description,
    owner: record.tenantId === null ? 'platform' : 'tenant',
    version: record.version,
    emittedBy: 'runtime',
    schema: JSON.parse(record.schema),
    example,
    examples: presentExamples({ name: record.type, example }),
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

export const EVENT_TYPE_EXAMPLE = presentEventType({
  ...ORDER_PLACED,
  id: '',
  tenantId: 'one',
  version: 1,
  schema: JSON.stringify(ORDER_PLACED.schema),
  example: JSON.stringify(ORDER_PLACED.example),
  createdAt: new Date('2026-11-28T09:30:00.000Z'),
  updatedAt: new Date('2026-11-28T09:30:00.000Z'),
});

function presentExamples(type: Pick<EventType, 'name' | 'example'>): FormatExampleDocument[] {
  return formatExamples(type).map(({ format, contentType, headers, body }) => ({
    format,
    contentType,
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    body,
  }));
}
