import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

const SYSTEM_HOSTS_FILE =
  process.platform === 'win32' ? String.raw`C:\Windows\System32\drivers\etc\hosts` : '/etc/hosts';

/** The file is read again after this, so that a change needs no restart. Milliseconds. */
const REREAD_AFTER_MS = 5000;

/** The names that the machine's own hosts file knows; asked before DNS, as every system does. */
export class HostsFile {
  private names = new Map<string, string[]>();
  private readAt = -Infinity;

  constructor(private readonly path: string = SYSTEM_HOSTS_FILE) {}

  async addressesOf(host: string): Promise<string[]> {
    if (performance.now() - this.readAt > REREAD_AFTER_MS) {
      this.readAt = performance.now();
      this.names = parseHosts(await readFile(this.path, 'utf8').catch(() => ''));
    }
    return this.names.get(host.toLowerCase()) ?? [];
  }
}

/** `127.0.0.1 receiver receiver.test # comment` per line. */
export function parseHosts(text: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...hosts] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const host of hosts) {
      const key = host.toLowerCase();
      names.set(key, [...(names.get(key) ?? []), address]);
    }
  }
  return names;
}
