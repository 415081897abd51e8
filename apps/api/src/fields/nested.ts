import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { stacked } from './stacked.js';

/** An object with a class of its own. */
export function Nested(
  type: new () => object,
  docs: { default?: null; description?: string } = {},
): PropertyDecorator {
  return stacked(
    ApiProperty({ type, ...docs }),
    IsObject(),
    ValidateNested(),
    Type(() => type),
  );
}
