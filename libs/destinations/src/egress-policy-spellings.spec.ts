import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEgressPolicy } from './egress-policy.js';

const policy = createEgressPolicy({ allowHttp: false, allow: [], allowLoopback: false });
const isTaken = (host: string) => policy.checkUrl(`https://${host}/`).ok;

const RADIX_SPELLINGS = [
  (part: number) => String(part),
  (part: number) => `0x${part.toString(16)}`,
  (part: number) => `0X${part.toString(16).toUpperCase()}`,
  (part: number) => `0${part.toString(8)}`,
  (part: number) => `000${part.toString(8)}`,
];

const dottedOf = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** As `inet_aton` reads it: the last of 1 to 4 parts fills what the others leave. */
function spelled(value: number, parts: number, radixes: readonly number[]): string {
  const leading = Array.from(
    { length: parts - 1 },
    (_, n) => Math.floor(value / 256 ** (3 - n)) % 256,
  );
  const last = value % 256 ** (5 - parts);
  return [...leading, last].map((part, n) => RADIX_SPELLINGS[radixes[n]!]!(part)).join('.');
}

/** Near the edges of what is special, and anywhere. */
const anIPv4 = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc
    .tuple(
      fc.constantFrom(0x00, 0x0a, 0x64, 0x7f, 0xa8, 0xa9, 0xac, 0xc0, 0xc6, 0xcb, 0xe0, 0xff),
      fc.integer({ min: 0, max: 0xffffff }),
    )
    .map(([first, rest]) => first * 2 ** 24 + rest),
  fc.constantFrom(0, 1, 0x7f000001, 0xa9fea9fe, 0xa83f8110, 0x646464c8, 0xffffffff),
);

const anIPv6 = fc.tuple(
  fc.constantFrom(
    0x0000,
    0x0064,
    0x0100,
    0x2000,
    0x2001,
    0x2002,
    0x2003,
    0x2606,
    0x2620,
    0x3fff,
    0x4000,
    0x5f00,
    0xfc00,
    0xfd00,
    0xfe80,
    0xfec0,
    0xff02,
  ),
  fc.oneof(
    fc.constantFrom(0, 1, 2, 0x0db8, 0x01ff, 0x0200, 0xff9b, 0x004f, 0x0fff, 0x1000),
    fc.nat(0xffff),
  ),
  fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 6, maxLength: 6 }),
);

const bitsOf = (groups: readonly number[]) =>
  groups.map((group) => group.toString(2).padStart(16, '0')).join('');

const isBelow = (groups: readonly number[], prefix: readonly number[], length: number) =>
  bitsOf(groups).startsWith(bitsOf(prefix).slice(0, length));

/** What RFC 6890 and its registries say, written once more and in another way. */
function isOrdinaryIPv6(groups: readonly number[]): boolean {
  const ipv4At = (index: number) => {
    const value = groups[index]! * 2 ** 16 + groups[index + 1]!;
    return policy.allowsAddress(dottedOf(value));
  };
  if (isBelow(groups, [0, 0, 0, 0, 0, 0xffff], 96)) return ipv4At(6);
  if (isBelow(groups, [0x64, 0xff9b, 0, 0, 0, 0], 96)) return ipv4At(6);
  if (isBelow(groups, [0x2002], 16)) return ipv4At(1);
  return (
    isBelow(groups, [0x2000], 3) &&
    !isBelow(groups, [0x2001, 0x0000], 23) &&
    !isBelow(groups, [0x2001, 0x0db8], 32) &&
    !isBelow(groups, [0x2620, 0x004f, 0x8000], 48) &&
    !isBelow(groups, [0x3fff, 0x0000], 20)
  );
}

describe('an IPv4 address', () => {
  it('is judged alike in every spelling that a resolver would take, in a URL and embedded in IPv6', () => {
    fc.assert(
      fc.property(
        anIPv4,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(RADIX_SPELLINGS.length - 1), { minLength: 4, maxLength: 4 }),
        (value, parts, radixes) => {
          const dotted = dottedOf(value);
          const allowed = policy.allowsAddress(dotted);
          const host = spelled(value, parts, radixes);
          for (const one of [host, `${host}.`, `[::ffff:${dotted}]`, `[64:ff9b::${dotted}]`]) {
            expect([one, isTaken(one)]).toEqual([one, allowed]);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('an IPv6 address', () => {
  it('is sent to when the registries have it as an ordinary one, in whatever spelling', () => {
    fc.assert(
      fc.property(anIPv6, ([first, second, rest]) => {
        const groups = [first, second, ...rest];
        const hex = groups.map((group) => group.toString(16));
        const full = hex.map((group) => group.padStart(4, '0').toUpperCase()).join(':');
        const dotted = dottedOf(groups[6]! * 2 ** 16 + groups[7]!);
        const allowed = isOrdinaryIPv6(groups);
        for (const one of [hex.join(':'), full, `${hex.slice(0, 6).join(':')}:${dotted}`]) {
          expect([one, policy.allowsAddress(one)]).toEqual([one, allowed]);
          expect([one, isTaken(`[${one}]`)]).toEqual([one, allowed]);
          const compressed = new URL(`http://[${one}]`).hostname.slice(1, -1);
          expect([compressed, policy.allowsAddress(compressed)]).toEqual([compressed, allowed]);
        }
        expect(policy.allowsAddress(`${full}%eth0`)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['[fe80::1%25eth0]', '[fe80::1%eth0]', '[::1]@example.com', '[::ffff:1.2.3]', '::1'])(
    'is no host as %s',
    (host) => expect(isTaken(host)).toBe(false),
  );
});
