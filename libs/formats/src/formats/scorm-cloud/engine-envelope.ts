import type { EventToSend } from '../../contract/event-to-send.js';
import type { RenderContext } from '../../contract/render-context.js';
import type { Registration } from './registration.js';

/**
 * What Rustici Engine's webhooks put around a registration: the topic `RegistrationChanged`. The event stands
 * for the message and the webhook for the subscription.
 *
 * @see https://docs.rusticisoftware.com/engine/24.x/GettingStarted/Tracking.html
 */
export function engineEnvelope(
  event: EventToSend,
  { webhook, tenant }: RenderContext,
  registration: Registration,
): object {
  const { id, course, learner } = registration;
  return {
    payloadId: event.uuid,
    subscriptionId: webhook.uuid,
    topic: 'RegistrationChanged',
    subtopics: subtopicsOf(event, registration),
    tenantName: tenant.domain,
    timestamp: event.occurredAt.toISOString(),
    body: registration,
    resources: { course: { id: course.id }, registration: { id, learner } },
  };
}

function subtopicsOf({ type }: EventToSend, registration: Registration): string[] {
  return [
    ...(type === 'session.completed' ? ['CompletionChanged'] : []),
    ...(registration.score === undefined ? [] : ['ScoreChanged']),
  ];
}
