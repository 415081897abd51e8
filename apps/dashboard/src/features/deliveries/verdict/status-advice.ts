import type { AttemptDocument } from '@schoolbell/api-client';
import { visible } from '../../../ui/visible.ts';
import type { Advice, KnownWebhook } from './verdict-input.ts';

const customer = (meaning: string, step: string): Advice => ({ meaning, step, turn: 'customer' });

const BY_STATUS: Record<number, Advice> = {
  400: customer(
    'Their server read the request and rejects its form.',
    'compare the body below with what their endpoint expects, and whether the webhook’s format is the right one',
  ),
  404: customer(
    'Their server is up, but knows nothing at this path.',
    'check the path of the webhook’s URL, and whether their endpoint was moved or is not deployed',
  ),
  405: customer(
    'Their server knows the path, but takes no POST there.',
    'check the URL, or allow POST on their endpoint',
  ),
  408: customer(
    'Their server gave up waiting for the request.',
    'look for a slow proxy or an overloaded server in front of their endpoint',
  ),
  409: customer(
    'Their server says that the request conflicts with what it has.',
    'see in their log which record it conflicts with; an event that they already have deserves a 2xx',
  ),
  411: customer(
    'Their server wants the length of the body in the request.',
    'look at the proxy in front of their endpoint',
  ),
  413: customer(
    'Their server finds the request too large.',
    'raise the size limit of their server or proxy, or let a template make the body smaller',
  ),
  415: customer(
    'Their server does not take this Content-Type.',
    'accept the Content-Type that is shown below, or choose the format that their endpoint is made for',
  ),
  422: customer(
    'Their server read the body and rejects what it says.',
    'see their answer below for the field; if the data is wrong, the runtime has to report a new event',
  ),
  429: customer(
    'Their server takes no more requests at this pace.',
    'raise their limit, or set a rate limit for the webhook that stays below it',
  ),
  431: customer(
    'Their server finds the headers too large.',
    'remove headers that the webhook adds, or raise the limit of their server',
  ),
  500: customer(
    'Their server took the request and failed while it worked on it.',
    'find the error in their log at the time of the attempt',
  ),
  501: customer(
    'Their server does not implement this.',
    'check that the URL is that of their endpoint for webhooks',
  ),
  502: customer(
    'A proxy in front of their server got no usable answer from it.',
    'check that the application behind the proxy is running',
  ),
  503: customer(
    'Their server is up, but refuses work.',
    'check whether it is being deployed or is overloaded',
  ),
  504: customer(
    'A proxy in front of their server waited for it in vain.',
    'answer before the work is done, and look at why the application is slow',
  ),
};

/** Statuses by which Cloudflare speaks of the server behind it. */
const BEHIND_CLOUDFLARE = customer(
  'The proxy in front of their server could not reach it.',
  'check that the server behind the proxy is running and can be reached from it',
);

/** What an answer outside 2xx means. */
export function statusAdvice(
  { response, error }: Pick<AttemptDocument, 'response' | 'error'>,
  webhook?: KnownWebhook,
): Advice {
  const status = response?.status ?? 0;
  if (isRefusedForGood({ error })) return REFUSED_FOR_GOOD;
  if (status >= 300 && status < 400) return redirectAdvice(response?.headers.location);
  if (status === 410) {
    return customer(
      'Their server says that nobody wants this any more: the webhook was paused, and nothing else is sent to it.',
      'delete the webhook if that is right; else put their endpoint back, resume the webhook and retry',
    );
  }
  if (status === 401 || status === 403 || status === 407) return refusedAdvice(status, webhook);
  if (status >= 520 && status <= 530) return BEHIND_CLOUDFLARE;
  return BY_STATUS[status] ?? otherAdvice(status);
}

/** Whether the receiver said that it will never accept the event; attempts of earlier versions put it differently. */
export function isRefusedForGood({ error }: Pick<AttemptDocument, 'error'>): boolean {
  return /will never accept this event|will not take it/.test(error?.message ?? '');
}

/** The people who report the event have to read what the receiver says about it. */
const REFUSED_FOR_GOOD: Advice = {
  meaning: 'Their server says that it will never take this event.',
  step: 'read their answer below, correct the data, and report it as a new event',
  turn: 'runtime',
};

function redirectAdvice(location: string | undefined): Advice {
  const to = location === undefined ? '' : ` It points to ${visible(location).slice(0, 200)}.`;
  return customer(
    `Schoolbell follows no redirects, since a redirected POST can lose its body.${to}`,
    'set the final address as the URL of the webhook',
  );
}

function refusedAdvice(status: number, webhook: KnownWebhook): Advice {
  const meaning =
    status === 403
      ? 'Their server understood the request and does not allow it.'
      : 'Their server does not accept the credentials or the signature of the request.';
  switch (webhook?.authentication?.type) {
    case 'basic':
    case 'bearer':
    case 'oauth2':
    case 'form':
      return customer(
        meaning,
        'check that the credentials in the webhook’s settings are still valid, and set them anew',
      );
    case 'none':
      return customer(
        meaning,
        'set the authentication in the webhook’s settings that their server asks for',
      );
    default:
      return customer(
        meaning,
        'check that their code verifies with the secret of this webhook and the bytes as they arrived, and that no firewall stands in between',
      );
  }
}

function otherAdvice(status: number): Advice {
  if (status >= 500) {
    return customer('Their server has an internal error.', 'find the error in their log');
  }
  if (status >= 400) {
    return customer('Their server refuses the request.', 'see their answer below for the reason');
  }
  return customer(
    'Only an answer from 200 to 299 counts as delivered.',
    'have their endpoint answer 2xx',
  );
}
