import { describe, expect, it } from 'vitest';
import { FanOutWidths, UNKNOWN_WIDTH } from './fan-out-widths.js';

const COMPLETED = { tenantId: 'a', type: 'session.completed' };

describe('what an event is expected to go to', () => {
  it('is a guess at first, then what events of its tenant and type went to', () => {
    const widths = new FanOutWidths();
    expect(widths.expected(COMPLETED)).toBe(UNKNOWN_WIDTH);
    widths.note(COMPLETED, 3);
    expect(widths.expected(COMPLETED)).toBe(3);
    expect(widths.expected({ ...COMPLETED, type: 'session.scored' })).toBe(UNKNOWN_WIDTH);
    expect(widths.expected({ ...COMPLETED, tenantId: 'b' })).toBe(UNKNOWN_WIDTH);
  });

  it('rises at once and falls by half, since scopes make some events of a type go to few webhooks', () => {
    const widths = new FanOutWidths();
    const after = [1, 5_000, 1, 1, 5_000].map((deliveries) => {
      widths.note(COMPLETED, deliveries);
      return widths.expected(COMPLETED);
    });
    expect(after).toEqual([1, 5_000, 2_500, 1_250, 5_000]);
  });

  it('is remembered for what was posted lately, however many tenants there are', () => {
    const widths = new FanOutWidths();
    for (let tenant = 0; tenant < 50_000; tenant++) {
      widths.note({ ...COMPLETED, tenantId: `${tenant}` }, 1);
      widths.note(COMPLETED, 7);
    }
    expect(widths.expected(COMPLETED)).toBe(7);
    expect(widths.known({ ...COMPLETED, tenantId: '0' })).toBeUndefined();
    expect(widths.known({ ...COMPLETED, tenantId: '49999' })).toBe(1);
  });
});
