import type { WebhookDocument } from '@schoolbell/api-client';
import { FORMAT_TITLES } from '../../../ui/webhook-format-titles.ts';

export type Format = WebhookDocument['format'];
export type AuthenticationType = 'signature' | 'none' | 'basic' | 'bearer' | 'oauth2' | 'form';

interface FormatFacts {
  title: string;
  /** A description in one sentence. */
  says: string;
  authentications: readonly AuthenticationType[];
  /** `never`: it has no signature; `always`: it cannot do without one. */
  signed: 'always' | 'never' | 'as_asked';
  /** Whether the user can choose the signature's header, encoding and prefix. */
  hasOwnSignature: boolean;
  /** The most events of a batch; undefined if it takes one event per request. */
  batchOf?: number;
}

const USUAL = ['signature', 'none', 'basic', 'bearer', 'oauth2'] as const;
const SIGNED = { authentications: USUAL, signed: 'as_asked', hasOwnSignature: true } as const;

/** What helps to choose a format; the guide explains each. */
export const FORMATS: Record<Format, FormatFacts> = {
  allureconnect: {
    title: FORMAT_TITLES.allureconnect,
    says: 'The usual choice: the event’s id, type, time and data as JSON, signed in X-AllureConnect-Signature.',
    ...SIGNED,
  },
  'standard-webhooks': {
    title: FORMAT_TITLES['standard-webhooks'],
    says: 'For receivers that verify with a library of standardwebhooks.com, which exist for most languages.',
    authentications: USUAL,
    signed: 'always',
    hasOwnSignature: false,
  },
  cloudevents: {
    title: FORMAT_TITLES.cloudevents,
    says: 'For event buses and for receivers with an SDK of CloudEvents 1.0.',
    ...SIGNED,
    batchOf: 100,
  },
  'scorm-api': {
    title: FORMAT_TITLES['scorm-api'],
    says: 'For receivers built by the webhook setup guide of the SCORM API: snake_case, session.created.',
    ...SIGNED,
  },
  absorb: {
    title: FORMAT_TITLES.absorb,
    says: 'The lean, Absorb-style body: an event name and the ids of whom it is about.',
    ...SIGNED,
  },
  'lms-canonical': {
    title: FORMAT_TITLES['lms-canonical'],
    says: 'The canonical payload of the LMS integration guide: user, course and certificate of a completion.',
    ...SIGNED,
  },
  'adobe-alm': {
    title: FORMAT_TITLES['adobe-alm'],
    says: 'For receivers of Adobe Learning Manager’s webhooks: a list of events such as COURSE_COMPLETED.',
    ...SIGNED,
    batchOf: 100,
  },
  docebo: {
    title: FORMAT_TITLES.docebo,
    says: 'For receivers of Docebo’s webhooks: a message with its payload, dates as Docebo writes them.',
    ...SIGNED,
    batchOf: 25,
  },
  learnupon: {
    title: FORMAT_TITLES.learnupon,
    says: 'For receivers of LearnUpon’s webhooks, version 2: course completions, up to ten at a time.',
    ...SIGNED,
    batchOf: 10,
  },
  'scorm-cloud': {
    title: FORMAT_TITLES['scorm-cloud'],
    says: 'Results of a course as SCORM Cloud posts them back. It has no signature, but a user name and password.',
    authentications: ['form', 'basic', 'none', 'bearer', 'oauth2'],
    signed: 'never',
    hasOwnSignature: false,
  },
  xapi: {
    title: FORMAT_TITLES.xapi,
    says: 'Statements to a Learning Record Store, with its credentials. The URL is the store’s endpoint.',
    authentications: ['basic', 'oauth2', 'bearer', 'none'],
    signed: 'never',
    hasOwnSignature: false,
    batchOf: 100,
  },
  custom: {
    title: FORMAT_TITLES.custom,
    says: 'The JSON that the receiver wants, made by a template: chat messages, Moodle, a CRM.',
    ...SIGNED,
  },
};

export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];
