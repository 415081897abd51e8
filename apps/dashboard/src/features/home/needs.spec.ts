import type { WebhookDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { needsOf } from './needs.ts';

const NOW = Date.parse('2026-11-28T12:00:00.000Z');
const webhook = (of: Partial<WebhookDocument>): WebhookDocument =>
  ({
    health: 'ok',
    status: 'active',
    pause: null,
    consecutiveFailures: 0,
    clientCertificate: null,
    ...of,
  }) as WebhookDocument;
const paused = (
  reason: NonNullable<WebhookDocument['pause']>['reason'],
  lastError: string | null,
) =>
  webhook({
    health: 'paused',
    status: 'paused',
    pause: { reason, at: '2026-11-28T11:00:00.000Z', lastError },
    consecutiveFailures: 20,
  });
const withCertificate = (expiresAt: string) =>
  webhook({ clientCertificate: { certificate: null, subject: null, expiresAt } });

it('the home page names what fails first, then what Schoolbell paused, then what was paused by hand', () => {
  const failing = webhook({ health: 'failing', consecutiveFailures: 3 });
  const needs = needsOf([paused('manual', null), paused('gone', null), webhook({}), failing], NOW);
  expect(needs.map(({ reason }) => reason)).toEqual([
    'The last 3 attempts failed',
    'Paused because its receiver answered that it is gone (410)',
    'Paused by hand',
  ]);
});

it('the home page says why a webhook was paused, in the words of its receiver, made visible', () => {
  const [need] = needsOf([paused('consecutive_failures', 'HTTP 500\u202e')], NOW);
  expect(need?.reason).toBe('Paused after 20 failures in a row: HTTP 500⟨U+202E⟩');
  expect(need?.since).toBe('2026-11-28T11:00:00.000Z');
});

it('the home page warns of a client certificate a month before it expires', () => {
  const later = withCertificate('2027-02-28T12:00:00.000Z');
  const soon = withCertificate('2026-12-10T12:00:00.000Z');
  const over = withCertificate('2026-11-27T12:00:00.000Z');
  const needs = needsOf([later, soon, over], NOW);
  expect(needs.map(({ reason, isUrgent }) => [reason, isUrgent])).toEqual([
    ['Its client certificate has expired', true],
    ['Its client certificate expires in 12 days', false],
  ]);
});
