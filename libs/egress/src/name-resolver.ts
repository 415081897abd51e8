import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLocalhostName } from '@schoolbell/delivery';
import { HostsFile } from './hosts-file.js';

/** One question to one name server, and how often it is asked again. */
const QUERY_TIMEOUT_MS = 2000;
const QUERY_TRIES = 3;

/** How long IPv6 addresses are waited for once IPv4 ones are there (RFC 8305 calls it resolution delay). */
const RESOLUTION_DELAY_MS = 50;

/**
 * Finds all addresses of a host: literal, localhost, the hosts file, then DNS.
 *
 * DNS is asked on sockets of its own and not through the system's `getaddrinfo`, which holds one of four
 * threads per question: four tenants whose name servers do not answer would stop everybody's sending.
 */
export class NameResolver {
  private readonly dns = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  private readonly hosts = new HostsFile();

  /** @throws the error of DNS when there is no address; never resolves with none */
  async addressesOf(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    if (isLocalhostName(host)) return ['127.0.0.1', '::1'];
    const local = await this.hosts.addressesOf(host);
    return local.length > 0 ? local : this.ask(host);
  }

  /** Ends all questions that are under way. */
  close(): void {
    this.dns.cancel();
  }

  private async ask(host: string): Promise<string[]> {
    const ipv6 = this.dns.resolve6(host).catch(() => []);
    const ipv4 = await this.dns.resolve4(host).catch((error: unknown) => error);
    if (Array.isArray(ipv4)) return [...ipv4, ...(await within(RESOLUTION_DELAY_MS, ipv6))];
    const addresses = await ipv6;
    if (addresses.length === 0) throw ipv4;
    return addresses;
  }
}

async function within(ms: number, addresses: Promise<string[]>): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string[]>((resolve) => {
    timer = setTimeout(resolve, ms, []);
  });
  try {
    return await Promise.race([addresses, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
