import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { MayBeLeftOut } from '../http/optional.js';
import { ChangeWebhook } from './webhook-input.js';

/** The body of `POST /v1/webhooks/preview`: a webhook's settings, of which all may be left out. */
export class PreviewWebhook extends ChangeWebhook {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    example: 'session.completed',
    description: 'The event type whose example is shown; the first of `events` if left out.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  type?: string;

  @ApiPropertyOptional({
    minLength: 8,
    maxLength: 256,
    description: 'The secret to sign with; without it, one is made up.',
  })
  @MayBeLeftOut()
  @IsString()
  secret?: string;
}
