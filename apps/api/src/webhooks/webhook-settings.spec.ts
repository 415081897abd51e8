import { DEFAULT_WEBHOOK_SETTINGS } from '@schoolbell/delivery';
import type { WebhookRecord } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { changedSettings, newSettings } from './webhook-settings.js';

const registered = (settings: { format?: string; events: string[] }) => {
  const input = { url: 'https://receiver.example/', ...settings };
  return { ...DEFAULT_WEBHOOK_SETTINGS, ...newSettings(input) } as WebhookRecord;
};

describe('a webhook for every event', () => {
  it('that gets a narrow format listens to those that it carries', () => {
    const old = registered({ events: ['*'] });
    expect(changedSettings({ format: 'lms-canonical' }, old)).toMatchObject({
      eventTypes: ['session.completed', 'enrollment.completed'],
      everyEvent: true,
    });
  });

  it('that gets a wide format again listens to all', () => {
    const old = registered({ format: 'lms-canonical', events: ['*'] });
    expect(changedSettings({ format: 'allureconnect' }, old)).toMatchObject({
      eventTypes: ['*'],
      everyEvent: false,
    });
  });

  it('keeps what it listens to when something else changes', () => {
    const old = registered({ events: ['*'] });
    expect(changedSettings({ timeoutSeconds: 20 }, old)).toMatchObject({
      eventTypes: ['*'],
      everyEvent: false,
    });
  });
});
