import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import type { Docs } from './docs.js';
import { stacked } from './stacked.js';

interface JsonObjectDocs extends Docs<object> {
  /** For names that `properties` does not have. */
  additionalProperties?: boolean | { type: 'string' };
  properties?: Readonly<Record<string, object>>;
  maxProperties?: number;
}

/** An object without a class. A later rule checks its content. */
export function JsonObject(docs: JsonObjectDocs): PropertyDecorator {
  return stacked(ApiProperty({ type: 'object', ...docs } as ApiPropertyOptions), IsObject());
}
