import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, type ValidationOptions } from 'class-validator';
import type { Docs } from './docs.js';
import { stacked } from './stacked.js';

/** In characters. */
export interface Lengths {
  minLength?: number;
  maxLength?: number;
}

export interface TextDocs extends Docs<string>, Lengths {
  format?: string;
  pattern?: string;
}

/** A text. The lengths that OpenAPI shows are checked; a `pattern` needs a rule of its own beside it. */
export function Text(docs: TextDocs = {}): PropertyDecorator {
  return stacked(ApiProperty({ type: 'string', ...docs }), IsString(), ...lengthRules(docs));
}

/** A text whose limits are only documented here: a later rule checks them, with a message of its own. */
export function TextCheckedLater(docs: TextDocs): PropertyDecorator {
  return stacked(ApiProperty({ type: 'string', ...docs }), IsString());
}

export function lengthRules(
  { minLength, maxLength }: Lengths,
  options?: ValidationOptions,
): PropertyDecorator[] {
  if (minLength === undefined && maxLength === undefined) return [];
  return [Length(minLength ?? 0, maxLength, options)];
}
