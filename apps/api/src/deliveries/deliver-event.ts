import { OwnId } from '../fields/ids.js';

/** The body of `POST /v1/events/{id}/deliver`. */
export class DeliverEvent {
  @OwnId({
    description: 'The webhook to send the event to, whatever its `events` and `scopes` list.',
    example: 'wh_01jcfpwpg0fgx9p79fda74r401',
  })
  webhookId!: string;
}
