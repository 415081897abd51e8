import type { WebhookDocument } from '@schoolbell/api-client';

/** The names of the webhook formats, the same on every page. */
export const FORMAT_TITLES: Record<WebhookDocument['format'], string> = {
  allureconnect: 'AllureConnect',
  'standard-webhooks': 'Standard Webhooks',
  cloudevents: 'CloudEvents',
  'scorm-api': 'SCORM API',
  absorb: 'Absorb',
  'lms-canonical': 'LMS canonical',
  'adobe-alm': 'Adobe Learning Manager',
  docebo: 'Docebo',
  learnupon: 'LearnUpon',
  'scorm-cloud': 'SCORM Cloud',
  xapi: 'xAPI',
  custom: 'Your own JSON',
};
