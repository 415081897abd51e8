/** Longer URLs are refused. Characters. */
export const MAX_URL_LENGTH = 2048;

export const URL_FAULT_CODES = [
  'url_invalid',
  'url_scheme',
  'url_port',
  'url_userinfo',
  'url_fragment',
  'url_address',
] as const;
export type UrlFaultCode = (typeof URL_FAULT_CODES)[number];

/** Why a URL is refused; the message says what to do. */
export interface UrlFault {
  code: UrlFaultCode;
  message: string;
}

/** What a URL parser forgives (spaces, line breaks, backslashes) and a request must never carry. */
// oxlint-disable-next-line no-control-regex -- finding them is the point
const FORGIVEN = /[\u0000-\u0020\u007f\\]/;
const SCHEME_AND_AUTHORITY = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)/i;

/**
 * Judges the text of a URL, whatever it leads to: well-formed, http or https, no userinfo, no fragment, host
 * in its ASCII form.
 */
export function checkUrlText(text: string): { ok: true; url: URL } | ({ ok: false } & UrlFault) {
  const fault = textFault(text);
  if (fault) return { ok: false, ...fault };
  const url = URL.parse(text);
  return url && isHostname(url.hostname) ? { ok: true, url } : { ok: false, ...INVALID };
}

const INVALID: UrlFault = {
  code: 'url_invalid',
  message: 'Give an absolute URL such as https://example.com/webhooks.',
};

function textFault(text: string): UrlFault | undefined {
  if (text.length > MAX_URL_LENGTH) {
    return { code: 'url_invalid', message: `Give a URL of at most ${MAX_URL_LENGTH} characters.` };
  }
  if (FORGIVEN.test(text) || !text.isWellFormed()) return INVALID;
  const [, scheme = '', authority = ''] = SCHEME_AND_AUTHORITY.exec(text) ?? [];
  if (scheme && !/^https?$/i.test(scheme)) {
    return { code: 'url_scheme', message: 'Use an https:// URL.' };
  }
  if (!authority) return INVALID;
  if (authority.includes('@')) {
    return {
      code: 'url_userinfo',
      message: 'Leave user name and password out of the URL: set `authentication` instead.',
    };
  }
  if (text.includes('#')) {
    return {
      code: 'url_fragment',
      message: 'Leave out # and what follows it: that part is never sent.',
    };
  }
  return undefined;
}

/** DNS bounds (RFC 1035), which the URL parser does not hold; a trailing dot is allowed. */
function isHostname(hostname: string): boolean {
  if (hostname.startsWith('[')) return true;
  const labels = hostname.replace(/\.$/, '').split('.');
  return hostname.length <= 254 && labels.every((label) => label.length > 0 && label.length <= 63);
}
