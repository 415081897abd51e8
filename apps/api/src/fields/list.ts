import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString } from 'class-validator';
import type { Docs } from './docs.js';
import { stacked } from './stacked.js';
import { type Lengths, lengthRules } from './text.js';
import { type Range, wholeRules } from './whole.js';

interface ListDocs<Item> extends Docs<Item[]> {
  minItems?: number;
  maxItems?: number;
  uniqueItems?: true;
}

const EACH = { each: true };

/** A list of texts. */
export function Texts(docs: ListDocs<string> & { items: Lengths }): PropertyDecorator {
  return stacked(
    ApiProperty({ type: 'array', ...docs, items: { type: 'string', ...docs.items } }),
    ...listRules(docs),
    IsString(EACH),
    ...lengthRules(docs.items, EACH),
  );
}

/** A list of whole numbers in a range. */
export function Wholes(docs: ListDocs<number> & { items: Range }): PropertyDecorator {
  return stacked(
    ApiProperty({ type: 'array', ...docs, items: { type: 'integer', ...docs.items } }),
    ...listRules(docs),
    ...wholeRules(docs.items, EACH),
  );
}

/** A list of values from a fixed set. */
export function SomeOf(
  values: readonly string[],
  docs: ListDocs<string> & { enumName?: string },
): PropertyDecorator {
  const shown = docs.enumName
    ? { enum: [...values], isArray: true }
    : { type: 'array' as const, items: { type: 'string', enum: [...values] } };
  return stacked(
    ApiProperty({ ...shown, ...docs }),
    ...listRules(docs),
    IsIn(values, { each: true, message: `must be one or more of: ${values.join(', ')}` }),
  );
}

function listRules({ minItems, maxItems, uniqueItems }: ListDocs<unknown>): PropertyDecorator[] {
  return [
    IsArray(),
    ...(minItems === undefined ? [] : [ArrayMinSize(minItems)]),
    ...(maxItems === undefined ? [] : [ArrayMaxSize(maxItems)]),
    ...(uniqueItems ? [ArrayUnique()] : []),
  ];
}
