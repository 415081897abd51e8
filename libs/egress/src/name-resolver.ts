import type { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLocalhostName } from '@schoolbell/destinations';
import { ConnectError } from './connect-error.js';
import { HostsFile } from './hosts-file.js';
import { LookupEvidence } from './lookup-evidence.js';
import { NameServers, type NameServerSource } from './name-servers.js';

/** How long IPv6 addresses are waited for once IPv4 ones are there (RFC 8305 calls it resolution delay). */
const RESOLUTION_DELAY_MS = 50;

/** A lookup that takes longer starts a check of the name servers, so that there is a verdict by its deadline. */
const SLOW_MS = 500;
/** How long a control may take in addition to one round of all name servers. */
const CONTROL_MARGIN_MS = 500;
/** Fewer names than this are not a control: their own domains may be broken. */
const ENOUGH_NAMES = 2;

/** The name does not exist, or has no address: a name server said so. */
const NO_ADDRESS = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Finds all addresses of a host: literal, localhost, the hosts file, then DNS.
 *
 * DNS is asked on sockets of its own and not through the system's `getaddrinfo`, which blocks one of four threads per
 * question: four tenants whose name servers do not answer would stop all sending.
 */
export class NameResolver {
  private readonly servers: NameServers;
  private readonly hosts = new HostsFile();
  private readonly evidence = new LookupEvidence(() => performance.now());
  private control: Promise<void> | undefined;
  private closed = false;

  constructor(source?: NameServerSource) {
    this.servers = new NameServers(source);
  }

  /** Whether our own name servers fail, as far as is known. */
  get down(): boolean {
    return this.evidence.down;
  }

  /** @throws ConnectError when there is no address; never resolves with none */
  async addressesOf(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    if (isLocalhostName(host)) return ['127.0.0.1', '::1'];
    const local = await this.hosts.addressesOf(host);
    return local.length > 0 ? local : this.lookUp(host);
  }

  /** Ends all questions that are under way. */
  close(): void {
    this.closed = true;
    this.servers.close();
  }

  private async lookUp(host: string): Promise<string[]> {
    const since = performance.now();
    const others = this.evidence.namesBesides(host);
    const slow = setTimeout(() => void this.check(others, since), SLOW_MS);
    try {
      const addresses = await this.ask((resolver) => addressesFrom(resolver, host));
      this.evidence.resolved(host);
      return addresses;
    } catch (error) {
      throw new ConnectError('dns', error, await this.isOurs(error, others, since));
    } finally {
      clearTimeout(slow);
    }
  }

  /** Asks the current servers; if they change in the meantime, asks the new ones, once. */
  private async ask<Answer>(question: (resolver: Resolver) => Promise<Answer>): Promise<Answer> {
    const asked = await this.servers.current();
    try {
      return await question(asked);
    } catch (error) {
      const current = await this.servers.current();
      if (current === asked || this.closed) throw error;
      return question(current);
    }
  }

  /** If a server says that a name has no address, the failure is ours only if other names have lost theirs too. */
  private async isOurs(error: unknown, others: string[], since: number): Promise<boolean> {
    if (this.closed) return false;
    if (others.length === 0 && NO_ADDRESS.has(codeOf(error))) return false;
    await this.check(others, since);
    return this.evidence.knownAsOurs(since) ?? this.evidence.down;
  }

  /**
   * Asks for names that resolved before, and for the root if there are few; once for all callers. Never rejects: what
   * kept a control from being asked shows in the lookup itself.
   */
  private async check(names: readonly string[], since: number): Promise<void> {
    if (this.closed || this.evidence.knownAsOurs(since) !== undefined) return;
    this.control ??= this.askControl(names)
      .catch(() => undefined)
      .finally(() => {
        this.control = undefined;
      });
    await this.control;
  }

  private async askControl(names: readonly string[]): Promise<void> {
    const resolver = await this.servers.current();
    const answers = names.map(async (name) => {
      await addressesFrom(resolver, name);
      this.evidence.resolved(name);
      return true;
    });
    if (names.length < ENOUGH_NAMES) answers.push(this.askRoot(resolver));
    const patienceMs = this.servers.firstRoundMs + CONTROL_MARGIN_MS;
    const late = sleep(patienceMs, false, { ref: false });
    const answered = await Promise.race([Promise.any(answers), late]).catch(() => false);
    if (answered || this.closed) return;
    this.evidence.controlFailed();
    this.servers.renew();
  }

  private async askRoot(resolver: Resolver): Promise<boolean> {
    await resolver.resolveNs('.').catch((error: unknown) => {
      // A server that knows of no record is a server that works.
      if (codeOf(error) !== 'ENODATA') throw error;
    });
    this.evidence.rootResolved();
    return true;
  }
}

async function addressesFrom(resolver: Resolver, host: string): Promise<string[]> {
  const ipv6 = resolver.resolve6(host).catch(() => []);
  const ipv4 = await resolver.resolve4(host).catch((error: unknown) => error);
  if (Array.isArray(ipv4)) {
    const late = sleep(RESOLUTION_DELAY_MS, [], { ref: false });
    return [...ipv4, ...(await Promise.race([ipv6, late]))];
  }
  const addresses = await ipv6;
  if (addresses.length === 0) throw ipv4;
  return addresses;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
