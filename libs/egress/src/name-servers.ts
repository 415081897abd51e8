import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';

/** Where a machine says which name servers it asks. */
export interface NameServerSource {
  file: string;
  /** A new resolver. It reads the file as it is made, and not again. */
  open(options: QueryOptions): Resolver;
}

/** Of one question to one name server: milliseconds, and how often it is asked. */
export interface QueryOptions {
  timeout: number;
  tries: number;
}

/** The wait doubles with each try: 7 s in all, so that a lookup fails before the usual deadline of 10 s. */
const QUERY: QueryOptions = { timeout: 1000, tries: 3 };

/** How often the file is checked, and only while names are looked up. Milliseconds. */
const LOOK_EVERY_MS = 1000;

const SYSTEM: NameServerSource = {
  file: '/etc/resolv.conf',
  open: (options) => new Resolver(options),
};

/** Keeps a resolver for the name servers that the machine has now. */
export class NameServers {
  private resolver: Resolver;
  private text: string | undefined;
  private lookedAt = -Infinity;

  constructor(private readonly source: NameServerSource = SYSTEM) {
    this.resolver = source.open(QUERY);
  }

  /** The resolver to ask; a new one if the file has changed. */
  async current(): Promise<Resolver> {
    if (performance.now() - this.lookedAt > LOOK_EVERY_MS) await this.look();
    return this.resolver;
  }

  /** The longest time for a question that one of the servers answers at once. Milliseconds. */
  get firstRoundMs(): number {
    return QUERY.timeout * Math.max(1, this.resolver.getServers().length);
  }

  /** Takes a new resolver: sockets of the old one may belong to a network that is gone. */
  renew(): void {
    const old = this.resolver;
    this.resolver = this.source.open(QUERY);
    // Its callers ask their questions again.
    old.cancel();
  }

  /** Ends all questions that are under way. */
  close(): void {
    this.resolver.cancel();
  }

  private async look(): Promise<void> {
    this.lookedAt = performance.now();
    // The file is missing for a moment while it is replaced; some systems have no such file.
    const text = await readFile(this.source.file, 'utf8').catch(() => undefined);
    if (text === undefined || text === this.text) return;
    this.text = text;
    this.renew();
  }
}
