import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { Docs } from './docs.js';
import { stacked } from './stacked.js';

interface ChoiceDocs extends Docs<string> {
  /** The name under which OpenAPI has the values once for all fields. */
  enumName?: string;
}

/** One value of a fixed set. */
export function OneOf(values: readonly string[], docs: ChoiceDocs = {}): PropertyDecorator {
  return stacked(
    ApiProperty({ enum: [...values], ...docs }),
    IsIn(values, { message: `must be one of: ${values.join(', ')}` }),
  );
}
