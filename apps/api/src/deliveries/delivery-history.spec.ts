import { templateFailure } from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import type { DeliveryHistory } from '@schoolbell/persistence';
import { expect, it } from 'vitest';
import { presentHistory } from './delivery-history.js';

const now = new Date();
const event = {
  id: uuidV7(),
  tenantId: uuidV7(),
  type: 'session.completed',
  occurredAt: now,
  acceptedAt: now,
  payload: '{"sessionId":"s","packageId":"p","learnerId":"l"}',
};
const delivery = {
  id: uuidV7(),
  tenantId: event.tenantId,
  eventId: event.id,
  webhookId: uuidV7(),
  coalescedInto: null,
  discardReason: null,
  erasedAt: null,
  createdAt: now,
  updatedAt: now,
};
const attempt = {
  id: uuidV7(),
  at: now,
  format: 'allureconnect',
  renderedWith: null,
  batch: null,
  requestHeaders: '{}',
  responseStatus: null,
  errorCode: null,
};
const failed = {
  ...attempt,
  errorCode: 'unsendable',
  errorMessage: templateFailure('evaluation', 'Not "s".'),
};
const history = { delivery, event, attempts: [attempt] } as unknown as DeliveryHistory;

it('the body of an attempt is shown to whoever may see what events hold, and to nobody else', () => {
  const [shown] = presentHistory(history, true).attempts;
  expect(shown!.request.body).toContain('"sessionId":"s"');
  const hidden = presentHistory(history, false);
  expect(hidden.attempts[0]!.request.body).toBeNull();
  expect(JSON.stringify(hidden)).not.toContain('sessionId');
});

it('the error of a template quotes what events hold to whoever may see it, and to nobody else', () => {
  const [shown, hidden] = [true, false].map(
    (bodies) => presentHistory({ ...history, attempts: [failed as never] }, bodies).attempts[0],
  );
  expect(shown!.error!.message).toContain('"s"');
  expect(hidden!.error).toEqual({
    code: 'unsendable',
    message: "The webhook's template gave no body (evaluation).",
  });
});
