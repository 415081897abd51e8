import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, Length } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';

const MAX_IDS = 1_000;
const MAX_ID_LENGTH = 255;

const idList = (example: string) => ({
  type: 'array' as const,
  items: { type: 'string', minLength: 1, maxLength: MAX_ID_LENGTH },
  maxItems: MAX_IDS,
  uniqueItems: true,
  default: [],
  example: [example],
});

/** Which packages or dispatches a webhook listens to; both empty means all. */
export class ScopesInput {
  @ApiPropertyOptional(idList('pkg_def456'))
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_IDS)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, MAX_ID_LENGTH, { each: true })
  packageIds?: string[];

  @ApiPropertyOptional(idList('dsp_ghi789'))
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_IDS)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, MAX_ID_LENGTH, { each: true })
  dispatchIds?: string[];
}
