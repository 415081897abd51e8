import { ValidateIf } from 'class-validator';

/**
 * The field may be left out, but is not null. (`IsOptional` of class-validator lets null through, past every
 * other rule of the field.)
 */
export const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** The field may be left out or null; null stands for "none". */
export const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_, value) => value !== undefined && value !== null);
