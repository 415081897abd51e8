import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate } from 'class-validator';
import { isInstant } from './instant.js';
import { MayBeLeftOut } from './optional.js';

const RULE = 'must be an RFC 3339 date and time, such as 2026-11-22T09:30:00Z';

/** An optional time in a query; arrives as a `Date`. */
export function Time(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'string',
      format: 'date-time',
      description,
      example: '2026-11-22T00:00:00.000Z',
    }),
    MayBeLeftOut(),
    Transform(({ value }) =>
      typeof value === 'string' && isInstant(value) ? new Date(value) : value,
    ),
    IsDate({ message: RULE }),
  );
}
