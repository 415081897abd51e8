import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';

const CHOICES = ['send', 'discard'] as const;

/** The body of `POST /v1/webhooks/{id}/resume`. */
export class ResumeWebhook {
  @ApiPropertyOptional({
    enum: CHOICES,
    default: 'send',
    description: 'What becomes of the deliveries that were held.',
  })
  @MayBeLeftOut()
  @IsIn(CHOICES)
  heldDeliveries: (typeof CHOICES)[number] = 'send';
}
