import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';

/** One event a request, or several together where the format has room for them. */
export class DeliveryInput {
  @ApiProperty({ enum: ['single', 'batch'], default: 'single' })
  @IsIn(['single', 'batch'])
  mode!: 'single' | 'batch';

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, description: 'With `batch`.' })
  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(1000)
  maxEvents?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 3600, description: 'With `batch`.' })
  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(3600)
  intervalSeconds?: number;

  @ApiPropertyOptional({ description: 'With `batch`: of `session.progress` only the newest.' })
  @MayBeLeftOut()
  @IsBoolean()
  coalesce?: boolean;
}
