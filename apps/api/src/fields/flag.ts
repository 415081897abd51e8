import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import type { Docs } from './docs.js';
import { stacked } from './stacked.js';

/** True or false. */
export function Flag(docs: Docs<boolean>): PropertyDecorator {
  return stacked(ApiProperty({ type: 'boolean', ...docs }), IsBoolean());
}

/** The same in a query, where it arrives as text. */
export function FlagInQuery(docs: Docs<boolean>): PropertyDecorator {
  return stacked(
    ApiProperty({ type: 'boolean', ...docs }),
    Transform(({ value }) => ({ true: true, false: false })[value as string] ?? value),
    IsBoolean({ message: 'must be true or false' }),
  );
}
