import { DEFAULT_WEBHOOK_SETTINGS, type WebhookSettings } from '@schoolbell/delivery';
import { FORMAT_NAMES } from '@schoolbell/formats';
import { describe, expect, it } from 'vitest';
import { formatFaults } from './format-rules.js';

const faultsOf = (settings: Partial<WebhookSettings>) =>
  formatFaults({
    ...DEFAULT_WEBHOOK_SETTINGS,
    url: 'https://receiver.example/',
    eventTypes: ['session.completed'],
    everyEvent: false,
    ...settings,
  });
const withHeader = (format: string, header: string) =>
  faultsOf({ format, formatSettings: { signature: { header } } }).map(({ path }) => path);

describe('the signature header of a webhook', () => {
  it.each([
    ['docebo', 'Authorization'],
    ['docebo', 'X-Schoolbell-Signature'],
    ['cloudevents', 'CE-Id'],
    ['cloudevents', 'webhook-request-origin'],
    ['learnupon', 'X-Webhook-Type'],
    ['scorm-api', 'x-allure-signature-algorithm'],
  ])('in the format %s is not %s, which means something else', (format, header) => {
    expect(withHeader(format, header)).toEqual(['signature.header']);
  });

  it.each([
    ['allureconnect', 'X-Hub-Signature-256'],
    ['docebo', 'X-Docebo-Signature'],
    ['custom', 'X-Webhook-Type'],
  ])('in the format %s may be %s', (format, header) => {
    expect(withHeader(format, header)).toEqual([]);
  });
});

describe('headers of a webhook’s own', () => {
  const pathsOf = (format: string, name: string) =>
    faultsOf({ format, headers: { [name]: 'x' }, authentication: { type: 'none' } }).map(
      ({ path }) => path,
    );

  it.each([
    ['xapi', 'accept'],
    ['xapi', 'x-experience-api-version'],
    ['cloudevents', 'CE-Type'],
    ['learnupon', 'X-Webhook-Type'],
  ])('in the format %s are not %s, which it sets itself', (format, name) => {
    expect(pathsOf(format, name)).toEqual([`headers.${name}`]);
  });

  it.each([
    ['custom', 'X-Experience-API-Version'],
    ['custom', 'ce-type'],
    ['cloudevents', 'ce-environment'],
  ])('in the format %s may be %s', (format, name) => {
    expect(pathsOf(format, name)).toEqual([]);
  });
});

describe('a webhook that says nothing of its authentication', () => {
  it.each(FORMAT_NAMES)('fits the format %s, or is told what does', (format) => {
    const needsCredentials = ['scorm-cloud', 'xapi'].includes(format);
    const faults = faultsOf({ format });
    expect(faults.map(({ path }) => path)).toEqual(needsCredentials ? ['authentication.type'] : []);
    for (const { message } of faults) expect(message).toMatch(/^must be one of .*basic/);
  });
});
