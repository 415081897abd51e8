import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate } from 'class-validator';
import { isInstant, IsInstant } from './instant.js';
import type { Docs } from './docs.js';
import { MayBeLeftOut } from './optional.js';
import { stacked } from './stacked.js';

const RULE = 'must be an RFC 3339 date and time, such as 2026-11-22T09:30:00Z';

/** A time, as text. */
export function Instant(docs: Docs<string>): PropertyDecorator {
  return stacked(ApiProperty({ type: 'string', format: 'date-time', ...docs }), IsInstant());
}

/** An optional time in a query; arrives as a `Date`. */
export function Time(description: string): PropertyDecorator {
  return stacked(
    MayBeLeftOut(),
    ApiProperty({
      type: 'string',
      format: 'date-time',
      description,
      example: '2026-11-22T00:00:00.000Z',
    }),
    Transform(({ value }) =>
      typeof value === 'string' && isInstant(value) ? new Date(value) : value,
    ),
    IsDate({ message: RULE }),
  );
}
