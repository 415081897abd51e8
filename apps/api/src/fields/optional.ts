import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { stacked } from './stacked.js';

/**
 * The field may be left out, but is not null. (`IsOptional` of class-validator lets null through, past every
 * other rule of the field.) It stands above the decorator that says what the field holds.
 */
export const MayBeLeftOut = (): PropertyDecorator =>
  stacked(
    ApiPropertyOptional(),
    ValidateIf((_, value) => value !== undefined),
  );

/** The field may be left out or null; null stands for "none". It stands where {@link MayBeLeftOut} does. */
export const MayBeNull = (): PropertyDecorator =>
  stacked(
    ApiPropertyOptional({ nullable: true }),
    ValidateIf((_, value) => value !== undefined && value !== null),
  );
