const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;
const NAT64 = /^64:ff9b::(?:([\da-f]{1,4}):)?([\da-f]{1,4})?$/;
const SIX_TO_FOUR = /^2002:([\da-f]{1,4}):([\da-f]{1,4}):/;

/**
 * The IPv4 address that an IPv6 address stands for, when connecting to it ends at that IPv4: IPv4-mapped
 * (`::ffff:0:0/96`), NAT64 (`64:ff9b::/96`, RFC 6052) and 6to4 (`2002::/16`, RFC 3056).
 *
 * @param address a valid IPv6 address in any spelling, without a zone
 */
export function embeddedIPv4(address: string): string | undefined {
  // The WHATWG parser writes every spelling in one way: compressed, lower case, no dotted part.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  if (canonical === '64:ff9b::') return '0.0.0.0';
  const match =
    MAPPED.exec(canonical) ??
    NAT64.exec(canonical) ??
    SIX_TO_FOUR.exec(expandFirstThree(canonical));
  if (!match) return undefined;
  const high = Number.parseInt(match[1] ?? '0', 16);
  const low = Number.parseInt(match[2] ?? '0', 16);
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** `2002:a00::` leaves the second half of the embedded address to the `::`. */
function expandFirstThree(canonical: string): string {
  const gap = canonical.indexOf('::');
  if (gap === -1) return canonical;
  const groups = canonical.slice(0, gap).split(':').filter(Boolean);
  while (groups.length < 3) groups.push('0');
  return `${groups.join(':')}:`;
}
