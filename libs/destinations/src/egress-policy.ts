import { isIP } from 'node:net';
import { embeddedIPv4 } from './embedded-ipv4.js';
import {
  familyOf,
  globalIPv6,
  loopbackAddresses,
  metadataAddresses,
  parseCidr,
  rangesOf,
  specialIPv4,
  specialIPv6,
} from './special-addresses.js';
import { checkUrlText, type UrlFault } from './url-text.js';

/** What an operator says about where webhooks may lead. */
export interface EgressSettings {
  /** Plain `http` to anywhere that is allowed, and port 80. */
  allowHttp: boolean;
  /** CIDRs or addresses that are opened beyond the public internet. */
  allow: readonly string[];
  /** Loopback, and plain `http` to it: for a product that runs on one machine. */
  allowLoopback: boolean;
}

export type UrlCheck = { ok: true; url: URL } | ({ ok: false } & UrlFault);

/** The rules for what Schoolbell connects to: the same at registration and at every attempt. */
export interface EgressPolicy {
  /**
   * Judges what a URL shows: scheme, port, userinfo, fragment, literal addresses. A name is judged when it
   * is connected to, since its answer can change.
   */
  checkUrl(text: string): UrlCheck;
  /** Whether an address, in any spelling that the system gives, may be connected to. */
  allowsAddress(address: string): boolean;
}

/**
 * Makes the policy of an installation. Only public unicast addresses are allowed, and what the settings
 * open; cloud metadata addresses stay closed unless the settings name that very address.
 *
 * @throws RangeError when a text in `allow` is not a CIDR or an address
 */
export function createEgressPolicy(settings: EgressSettings): EgressPolicy {
  const allowsAddress = addressRule(settings);
  return {
    allowsAddress,
    checkUrl: (text) => {
      const parsed = checkUrlText(text);
      if (!parsed.ok) return parsed;
      const fault =
        schemeFault(parsed.url, settings) ??
        portFault(parsed.url) ??
        hostFault(parsed.url, allowsAddress);
      return fault ? { ok: false, ...fault } : parsed;
    },
  };
}

/** The host of a URL as it is connected to: no brackets, no trailing dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** `localhost` and everything below it is this machine, whatever a name server says (RFC 6761). */
export function isLocalhostName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

function addressRule(settings: EgressSettings): (address: string) => boolean {
  const opened = rangesOf(settings.allow);
  const openedOneByOne = rangesOf(settings.allow.filter(isSingleAddress));

  return function allows(address: string): boolean {
    const family = familyOf(address);
    // A zone (`fe80::1%eth0`) only exists on link-local addresses.
    if (!family || address.includes('%')) return false;
    if (openedOneByOne.check(address, family)) return true;
    if (metadataAddresses.check(address, family)) return false;
    if (opened.check(address, family)) return true;
    if (settings.allowLoopback && loopbackAddresses.check(address, family)) return true;
    if (family === 'ipv4') return !specialIPv4.check(address, family);
    const embedded = embeddedIPv4(address);
    if (embedded !== undefined) return allows(embedded);
    return globalIPv6.check(address, family) && !specialIPv6.check(address, family);
  };
}

function isSingleAddress(cidr: string): boolean {
  const range = parseCidr(cidr);
  return range !== undefined && range.prefix === (range.family === 'ipv4' ? 32 : 128);
}

function schemeFault(url: URL, settings: EgressSettings): UrlFault | undefined {
  if (url.protocol === 'https:' || settings.allowHttp) return undefined;
  if (settings.allowLoopback && isLoopbackHost(hostOf(url))) return undefined;
  return {
    code: 'url_scheme',
    message: 'Use an https:// URL: this installation does not send over plain http.',
  };
}

function isLoopbackHost(host: string): boolean {
  if (isLocalhostName(host)) return true;
  const family = familyOf(host);
  return family !== undefined && loopbackAddresses.check(host, family);
}

/** Port 80 comes with plain http, which was judged before. */
function portFault(url: URL): UrlFault | undefined {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (port === 443 || port >= 1024 || (port === 80 && url.protocol === 'http:')) return undefined;
  return {
    code: 'url_port',
    message: `Use port 443, or 1024 and above: Schoolbell does not send to port ${port}.`,
  };
}

function hostFault(url: URL, allowsAddress: (address: string) => boolean): UrlFault | undefined {
  const host = hostOf(url);
  const shown = isLocalhostName(host) ? ['127.0.0.1', '::1'] : [host];
  if (isIP(shown[0]!) === 0 || shown.some(allowsAddress)) return undefined;
  return {
    code: 'url_address',
    message: 'Use an address on the public internet: this one is not.',
  };
}
