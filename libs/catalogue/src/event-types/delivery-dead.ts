import { defineEventType } from '../event-type.js';
import { Id } from '../fields/id.js';
import { Line } from '../fields/line.js';
import { Whole } from '../fields/number.js';
import { Optional } from '../fields/optional.js';

class DeliveryDeadData {
  @Id('The delivery that is now a dead letter.')
  deliveryId!: string;

  @Id('The webhook that it was for.')
  webhookId!: string;

  @Id('The event that was not delivered.')
  eventId!: string;

  @Id('The type of that event.')
  eventType!: string;

  @Optional()
  @Whole('How many attempts were made.')
  attempts?: number;

  @Optional()
  @Line('What went wrong the last time.')
  lastError?: string;
}

export const deliveryDead = defineEventType({
  name: 'delivery.dead',
  description: 'A delivery was dead-lettered: its retries are used up, or the receiver is gone.',
  emittedBy: 'schoolbell',
  dataClass: DeliveryDeadData,
  example: {
    deliveryId: 'dlv_01knvxb0r1fnhvhsbxkwd2pg04',
    webhookId: 'wh_01knfgm700fd9akn3chr7hmc03',
    eventId: 'evt_01knvxb0r0f978r8avfpf3y802',
    eventType: 'session.completed',
    attempts: 6,
    lastError: 'The receiver answered 500; only 2xx counts as delivered.',
  },
});
