import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { MayBeLeftOut } from '../http/optional.js';

/** The body of `POST /v1/webhooks/{id}/test`. */
export class TestWebhook {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    example: 'session.completed',
    description: 'Whose example is sent; the first event type of the webhook if left out.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  type?: string;
}
