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

/** The file is looked at once in so long, and only while names are looked up. Milliseconds. */
const LOOK_EVERY_MS = 1000;

const SYSTEM: NameServerSource = {
  file: '/etc/resolv.conf',
  open: (options) => new Resolver(options),
};

/** Keeps a resolver of the name servers that the machine has now. */
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

  /** How long a question takes at most that one of the servers answers at once. Milliseconds. */
  get firstRoundMs(): number {
    return QUERY.timeout * Math.max(1, this.resolver.getServers().length);
  }

  /** Takes a new resolver: sockets of the old one may belong to a network that is gone. */
  renew(): void {
    const old = this.resolver;
    this.resolver = this.source.open(QUERY);
    // What it was asked is asked again by whoever asked.
    old.cancel();
  }

  /** Ends all questions that are under way. */
  close(): void {
    this.resolver.cancel();
  }

  private async look(): Promise<void> {
    this.lookedAt = performance.now();
    // For a moment there is none while it is replaced; some systems have none at all.
    const text = await readFile(this.source.file, 'utf8').catch(() => undefined);
    if (text === undefined || text === this.text) return;
    this.text = text;
    this.renew();
  }
}
