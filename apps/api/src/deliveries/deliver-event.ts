import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** The body of `POST /v1/events/{id}/deliver`. */
export class DeliverEvent {
  @ApiProperty({
    minLength: 1,
    maxLength: 64,
    description: 'The webhook to send the event to, whatever its `events` and `scopes` list.',
    example: 'wh_01jcfpwpg0fgx9p79fda74r401',
  })
  @IsString()
  @Length(1, 64)
  webhookId!: string;
}
