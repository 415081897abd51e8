import { describe, expect, it } from 'vitest';
import type { Mail } from './mail.js';
import { bringsNothing } from './mail.js';
import { renderMail } from './render-mail.js';

const SITE = 'https://bell.example.com/';
const about = {
  id: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a71',
  tenantId: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a72',
  tenantName: 'Northwind\r\nAcademy',
  createdAt: new Date('2026-11-22T14:40:03.123Z'),
};
const link = { linkToken: '7Vb2uMkXq9Ta', linkExpiresAt: '2026-11-25T14:40:03.000Z' };

describe('an invitation', () => {
  const invited = { role: 'developer', invitedBy: 'ada@northwind.example', ...link };
  const mail: Mail<'user.invited'> = { ...about, kind: 'user.invited', facts: invited };

  it('says who invites where to, and brings the link in a part that no server is told', () => {
    const { subject, text } = renderMail(mail, SITE);
    expect(subject).toBe('You are invited to Schoolbell: Northwind Academy');
    for (const part of [
      'ada@northwind.example has invited you',
      'developer',
      '   https://bell.example.com/invitation#token=7Vb2uMkXq9Ta\n',
      'once, until 2026-11-25 14:40:03 UTC',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('has the path of the link where nobody said where Schoolbell is reached, and says so', () => {
    const { text } = renderMail(mail, undefined);
    expect(text).toContain('   /invitation#token=7Vb2uMkXq9Ta\n');
    expect(text).toContain('Put the address of your Schoolbell before it.');
  });

  it('can be to the platform', () => {
    const toPlatform = { ...mail, tenantId: null, tenantName: null };
    expect(renderMail(toPlatform, SITE).subject).toContain('the platform');
  });

  it('is shown without its link to whoever may not see it', () => {
    const hidden = { ...mail, facts: { ...invited, linkToken: null } };
    const { text } = renderMail(hidden, SITE);
    expect(text).toContain('[Only the recipient');
    expect(text).not.toContain('#token');
    expect([mail, hidden].map(bringsNothing)).toEqual([false, true]);
  });
});

it('the e-mail with a link for a new password says that it can be ignored', () => {
  const mail: Mail = { ...about, kind: 'password.reset', facts: link };
  const { subject, text } = renderMail(mail, SITE);
  expect(subject).toBe('Choose a new password for Schoolbell');
  expect(text).toContain('   https://bell.example.com/password-reset#token=7Vb2uMkXq9Ta\n');
  expect(text).toContain('your password stays as it is');
});

it.each([
  ['changed', 'knew the old password'],
  ['reset', 'with a link'],
] as const)(
  'the e-mail about a password that was %s says when, how and from where',
  (how, what) => {
    const facts = { how, address: '192.0.2.7' };
    const mail: Mail = { ...about, kind: 'password.changed', facts };
    const { text } = renderMail(mail, SITE);
    for (const part of ['2026-11-22 14:40:03 UTC', what, '192.0.2.7']) expect(text).toContain(part);
    expect(bringsNothing(mail)).toBe(false);
  },
);

it.each([
  ['enabled', 'needs a code'],
  ['disabled', 'password alone'],
  ['reset', 'all devices were'],
  ['recovery_codes_replaced', 'The old ones do not work any more'],
] as const)(
  'the e-mail about a second factor (%s) says what it means, who did it, and from where',
  (how, what) => {
    const facts = { how, by: 'grace@northwind.example\n', address: '192.0.2.7' };
    const { text } = renderMail({ ...about, kind: 'second_factor.changed', facts }, SITE);
    for (const part of [what, 'Who:         grace@northwind.example\n', '192.0.2.7']) {
      expect(text).toContain(part);
    }
  },
);

const ACCOUNT_KINDS = [
  'user.invited',
  'password.reset',
  'password.changed',
  'second_factor.changed',
] as const;
it.each(ACCOUNT_KINDS)('an e-mail about %s is not written from damaged facts', (kind) => {
  expect(() => renderMail({ ...about, kind, facts: {} } as never, SITE)).toThrow();
});
