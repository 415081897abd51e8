import { describe, expect, it } from 'vitest';
import { filterDocument, templateDocument } from './event-document.js';

const event = {
  id: 'evt_01knvxb0r0f978r8avfpf3y802',
  type: 'acme."odd"',
  occurredAt: new Date('2026-04-10T14:32:00.000Z'),
  tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
  payload: '{"n":1.50}',
};

describe('what an expression sees', () => {
  it('is the event, with its data as the text that was stored', () => {
    expect(filterDocument(event)).toBe(
      String.raw`{"id":"evt_01knvxb0r0f978r8avfpf3y802","type":"acme.\"odd\""` +
        ',"occurredAt":"2026-04-10T14:32:00.000Z","tenantId":"ten_01jcfpwpg0fgx9p79fda74r401"' +
        ',"data":{"n":1.50}}',
    );
  });

  it('is in a template the webhook and the delivery too', () => {
    const webhook = { id: 'wh_1', metadata: { token: 't' }, secret: 'not for templates' };
    const delivery = { id: 'dlv_1', attempt: 2 };

    expect(JSON.parse(templateDocument(event, webhook, delivery))).toEqual({
      ...JSON.parse(filterDocument(event)),
      webhook: { id: 'wh_1', metadata: { token: 't' } },
      delivery,
    });
  });
});
