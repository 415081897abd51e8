import { uuidV7 } from '@schoolbell/ids';
import { type EventRecord } from '@schoolbell/delivery';
import { renderRequest, type AttemptToRender, type RenderedRequest } from '@schoolbell/formats';

export type WebhookPart = Partial<AttemptToRender['webhook']> & { format: string };

/** Text that arrives changed if somebody escapes, re-serialises or decodes it wrongly. */
export const TRICKY_TITLE = 'Über – 概要 🎓 "a/b" \u2028 100 % & = +';

const LEARNER = { email: 'jsmith@acme.example', firstName: 'Jane', lastName: 'Smith' };

const SESSION = {
  sessionId: 'sess_abc123',
  packageId: '5541',
  learnerId: '10291',
  registrationId: '88231',
  completionStatus: 'completed',
  successStatus: 'passed',
  scoreScaled: 0.92,
  totalTime: 'PT12M34S',
  learner: LEARNER,
  course: { id: '5541', title: TRICKY_TITLE, code: 'COMP-2026' },
};

/** A request as Schoolbell makes it for a completed session, or for a batch of them. */
export function renderFor(
  webhook: WebhookPart,
  members = 0,
  now: number = Date.now(),
): RenderedRequest {
  const event = completedSession();
  const [first, ...others] = Array.from({ length: members }, () => ({
    deliveryId: uuidV7(),
    event: completedSession(),
  }));
  return renderRequest({
    delivery: {
      id: uuidV7(),
      event,
      attemptNumber: 1,
      test: false,
      ...(first && { members: [first, ...others] }),
    },
    webhook: {
      id: uuidV7(),
      tenantId: event.tenantId,
      number: 17,
      url: 'https://receiver.example',
      formatSettings: {},
      authentication: { type: 'signature' },
      headers: {},
      secrets: { current: 'not-used' },
      tenantIri: 'https://acme.example',
      tenantDomain: 'acme.example',
      scormApiTenantId: null,
      ...webhook,
    },
    now,
  });
}

function completedSession(): EventRecord {
  return {
    id: uuidV7(),
    tenantId: '01931f6e-5a00-7c3a-9b1d-2f6a8e4c1001',
    type: 'session.completed',
    occurredAt: new Date('2026-04-10T14:32:00Z'),
    acceptedAt: new Date(),
    payload: JSON.stringify(SESSION),
  };
}
