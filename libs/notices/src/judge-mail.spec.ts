import { describe, expect, it } from 'vitest';
import { judgeMail, MAIL_RETRY_SCHEDULE } from './judge-mail.js';

const FAILED = {
  kind: 'failed',
  error: 'The mail server cannot be reached.',
  detail: {},
} as const;

describe('an e-mail', () => {
  it('is tried for longer than a day while the mail server is away, and then given up', () => {
    let waited = 0;
    let attempt = 1;
    for (;;) {
      const verdict = judgeMail(FAILED, attempt, 0);
      if (verdict.kind !== 'rescheduled') {
        expect(verdict).toEqual({ kind: 'failed', error: FAILED.error });
        break;
      }
      waited += verdict.delaySeconds;
      attempt++;
    }
    expect(attempt).toBe(MAIL_RETRY_SCHEDULE.length + 1);
    expect(waited).toBeGreaterThan(24 * 3600);
    expect(waited).toBeLessThan(48 * 3600);
  });

  it('that is refused for good is not tried again', () => {
    const refused = { kind: 'refused', error: '550 No such user' } as const;
    expect(judgeMail(refused, 1, 0)).toEqual({ kind: 'failed', error: '550 No such user' });
  });

  it('that is accepted is sent', () => {
    expect(judgeMail({ kind: 'accepted' }, 3, 0.5)).toEqual({ kind: 'sent' });
  });
});
