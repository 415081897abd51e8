import { ApiPropertyOptional } from '@nestjs/swagger';
import { EVENT_TYPE_NAMES } from '@schoolbell/catalogue';
import { IsIn } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';

/** The body of `POST /v1/webhooks/{id}/test`. */
export class TestWebhook {
  @ApiPropertyOptional({
    enum: EVENT_TYPE_NAMES,
    description: 'Whose example is sent; the first event type of the webhook if left out.',
  })
  @MayBeLeftOut()
  @IsIn(EVENT_TYPE_NAMES, { message: 'type is not an event type; see GET /v1/event-types' })
  type?: string;
}
