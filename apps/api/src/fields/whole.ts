import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min, type ValidationOptions } from 'class-validator';
import type { Docs } from './docs.js';
import { stacked } from './stacked.js';

/** Both inclusive. */
export interface Range {
  minimum: number;
  maximum: number;
}

interface WholeDocs extends Docs<number>, Range {}

/** A whole number in a range. */
export function Whole(docs: WholeDocs): PropertyDecorator {
  return stacked(ApiProperty({ type: 'integer', ...docs }), ...wholeRules(docs));
}

/** The same in a query, where it arrives as text. */
export function WholeInQuery(docs: WholeDocs): PropertyDecorator {
  return stacked(
    Type(() => Number),
    Whole(docs),
  );
}

export function wholeRules(
  { minimum, maximum }: Range,
  options?: ValidationOptions,
): PropertyDecorator[] {
  return [IsInt(options), Min(minimum, options), Max(maximum, options)];
}
