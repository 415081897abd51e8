import { uuidV7 } from '@schoolbell/ids';
import type { AttemptRow, DeliveryHistory } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { sentBody } from './sent-body.js';

const historyOf = (type: string) => {
  const event = {
    id: uuidV7(),
    tenantId: uuidV7(),
    type,
    occurredAt: new Date('2026-04-10T14:32:00Z'),
    acceptedAt: new Date(),
    payload: '{"sessionId":"s","packageId":"p","learnerId":"l"}',
  };
  return { delivery: { id: uuidV7() }, event } as unknown as DeliveryHistory;
};
const attempt = (format: string) =>
  ({ format, renderedWith: null, batch: null }) as unknown as AttemptRow;

describe('the body of an attempt that was interrupted, or that could not be made', () => {
  it('is made of its event alone in formats that need nothing else', () => {
    expect(sentBody(attempt('allureconnect'), historyOf('session.completed'))).toContain('"data":');
  });

  it.each(['docebo', 'xapi', 'cloudevents', 'custom'])(
    'is not known in the format %s, which says more than the event does',
    (format) => expect(sentBody(attempt(format), historyOf('session.completed'))).toBeNull(),
  );

  it('does not break the page of a delivery whose type the format does not carry', () => {
    expect(sentBody(attempt('docebo'), historyOf('session.launched'))).toBeNull();
    expect(() => sentBody(attempt('learnupon'), historyOf('user.created'))).not.toThrow();
  });
});
