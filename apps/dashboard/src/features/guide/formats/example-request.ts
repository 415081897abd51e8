import type { PreviewDocument, PreviewWebhook } from '@schoolbell/api-client';
import { headersAsText } from '../../../ui/as-text.ts';
import type { Format } from './format-guides.ts';

const URL_OF_EXAMPLES = 'https://receiver.example/webhooks';
/** Prefix `whsec_`, and bytes that sign nothing else. */
const SECRET_OF_EXAMPLES = 'whsec_AwoRGB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5wMfO1dw=';
const TEMPLATE_OF_EXAMPLES =
  "{ 'event': type, 'learner': data.learnerId, 'passed': data.successStatus = 'passed' }";

/** Example credentials for the formats that authenticate by them. */
const AUTHENTICATION: Partial<Record<Format, PreviewWebhook['authentication']>> = {
  'scorm-cloud': { type: 'form', username: 'schoolbell', password: 'example-password' },
  xapi: { type: 'basic', username: 'schoolbell', password: 'example-password' },
};

/** The settings of the request that the guide shows for a format. */
export function exampleSettings(format: Format, type: string): PreviewWebhook {
  const authentication = AUTHENTICATION[format];
  return {
    url: URL_OF_EXAMPLES,
    events: [type],
    type,
    format,
    ...(authentication ? { authentication } : { secret: SECRET_OF_EXAMPLES }),
    ...(format === 'custom' && { template: TEMPLATE_OF_EXAMPLES }),
  };
}

/** The request as it goes over the wire, without its body. */
export function headOf({ url, headers }: PreviewDocument): string {
  const { host, pathname, search } = new URL(url);
  return `POST ${pathname}${search} HTTP/1.1\nHost: ${host}\n${headersAsText(headers ?? {})}`;
}
