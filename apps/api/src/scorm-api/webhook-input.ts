import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  MaxLength,
} from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';
import { EVENT_NAMES } from './event-names.js';

const NAMES = EVENT_NAMES.join(', ');
const URL_DOCS = {
  description: 'Where events are POSTed: https, and no private address.',
  maxLength: 2048,
  example: 'https://your-app.com/api/webhooks/scorm',
};

/** What registering and changing have in common; all of it may be left out. */
class ScormApiWebhookOptions {
  @ApiPropertyOptional({
    maxLength: 255,
    description:
      'The `scormApiTenantId` of the key’s tenant, or its own id where it has none. Any other is refused with 403.',
    example: '550e8400-e29b-41d4-a716-446655440000',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(255)
  tenant_id?: string;

  @ApiPropertyOptional({ enum: EVENT_NAMES, description: 'This one, or several in `event_types`.' })
  @MayBeLeftOut()
  @IsIn(EVENT_NAMES, { message: `must be one of: ${NAMES}` })
  event_type?: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', enum: [...EVENT_NAMES] },
    minItems: 1,
    uniqueItems: true,
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(EVENT_NAMES, { each: true, message: `must be one or more of: ${NAMES}` })
  event_types?: string[];

  @ApiPropertyOptional({ default: true, description: 'False pauses the webhook, true resumes it.' })
  @MayBeLeftOut()
  @IsBoolean()
  is_active?: boolean;
}

/** The body of `POST /api/v1/webhooks`. */
export class RegisterScormApiWebhook extends ScormApiWebhookOptions {
  @ApiProperty(URL_DOCS)
  @IsString()
  url!: string;

  @ApiPropertyOptional({
    minLength: 8,
    maxLength: 256,
    description: 'Bring your own; otherwise one is generated and shown only once.',
  })
  @MayBeLeftOut()
  @IsString()
  secret?: string;
}

/** The body of `PATCH /api/v1/webhooks/{id}`: what is left out stays as it is. */
export class ChangeScormApiWebhook extends ScormApiWebhookOptions {
  @ApiPropertyOptional(URL_DOCS)
  @MayBeLeftOut()
  @IsString()
  url?: string;
}
