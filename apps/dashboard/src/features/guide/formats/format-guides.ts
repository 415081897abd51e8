import type { WebhookDocument } from '@schoolbell/api-client';
import type { SignatureScheme } from '../verify/signature-scheme.ts';

export type Format = WebhookDocument['format'];

/** What helps to choose a format. */
interface FormatGuide {
  title: string;
  /** "Take it when …" */
  when: string;
  /** The usual signature, unless the webhook's `signature` says otherwise; null for formats that are never signed. */
  signature: SignatureScheme | null;
}

const bodySignature = (header: string, prefix = ''): SignatureScheme => ({
  kind: 'body',
  header,
  encoding: 'hex',
  prefix,
});

/** In the order in which they are offered. A test checks names and signatures against the code that sends. */
export const FORMAT_GUIDES: Record<Format, FormatGuide> = {
  allureconnect: {
    title: 'AllureConnect',
    when: 'Your receiver was made for AllureConnect, or you write a new one and want the plainest format: id, type, time and data in one JSON object. It is the default.',
    signature: bodySignature('X-AllureConnect-Signature'),
  },
  'standard-webhooks': {
    title: 'Standard Webhooks',
    when: 'You would rather verify with a ready library: there is one for most languages. The signature covers the time, so nobody can send an old request again.',
    signature: { kind: 'standard' },
  },
  cloudevents: {
    title: 'CloudEvents',
    when: 'Events go into an event bus, such as EventBridge, Event Grid or Knative, or your receiver uses an SDK of CloudEvents. Up to 100 events fit in a request.',
    signature: bodySignature('X-AllureConnect-Signature'),
  },
  'scorm-api': {
    title: 'SCORM API',
    when: 'Your receiver was built by the webhook guide of the SCORM API.',
    signature: bodySignature('X-Allure-Signature'),
  },
  absorb: {
    title: 'Absorb',
    when: 'Your receiver takes webhooks of Absorb LMS, and reads their event names and signature.',
    signature: bodySignature('absorb-signature'),
  },
  'lms-canonical': {
    title: 'LMS canonical',
    when: 'Your receiver was built by the LMS integration guide, for one payload from several learning platforms.',
    signature: bodySignature('X-Hub-Signature-256', 'sha256='),
  },
  'adobe-alm': {
    title: 'Adobe Learning Manager',
    when: 'Your receiver takes webhooks of Adobe Learning Manager. Up to 100 events fit in a request.',
    signature: bodySignature('X-ALM-Signature'),
  },
  docebo: {
    title: 'Docebo',
    when: 'Your receiver takes webhooks of Docebo. Up to 25 events of one type fit in a request.',
    signature: bodySignature('X-Hub-Signature-256', 'sha256='),
  },
  learnupon: {
    title: 'LearnUpon',
    when: 'Your receiver takes course completions of LearnUpon’s webhooks, version 2.',
    signature: bodySignature('X-Webhook-Signature'),
  },
  'scorm-cloud': {
    title: 'SCORM Cloud',
    when: 'Your receiver takes registration postbacks of SCORM Cloud, or webhooks of Rustici Engine. A name and a password prove the sender.',
    signature: null,
  },
  xapi: {
    title: 'xAPI',
    when: 'Events go as statements into a Learning Record Store. It needs nothing but credentials.',
    signature: null,
  },
  custom: {
    title: 'Custom',
    when: 'None of the others fits, for example for Slack, Teams or your CRM: a template of yours makes the body.',
    signature: bodySignature('X-AllureConnect-Signature'),
  },
};

export const FORMATS = Object.keys(FORMAT_GUIDES) as Format[];

export const isFormat = (name: string | undefined): name is Format =>
  name !== undefined && Object.hasOwn(FORMAT_GUIDES, name);
