import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { stacked } from './stacked.js';

/**
 * The field may be left out, but not be null. (`IsOptional` of class-validator lets null through, past every other rule
 * of the field.) Write it above the decorator of the field's type.
 */
export const MayBeLeftOut = (): PropertyDecorator =>
  stacked(
    ApiPropertyOptional(),
    ValidateIf((_, value) => value !== undefined),
  );

/** The field may be left out or null; null stands for "none". Write it where {@link MayBeLeftOut} would stand. */
export const MayBeNull = (): PropertyDecorator =>
  stacked(
    ApiPropertyOptional({ nullable: true }),
    ValidateIf((_, value) => value !== undefined && value !== null),
  );
