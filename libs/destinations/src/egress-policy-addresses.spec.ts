import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEgressPolicy, type EgressSettings } from './egress-policy.js';

const CLOSED: EgressSettings = { allowHttp: false, allow: [], allowLoopback: false };
const policyWith = (settings: Partial<EgressSettings> = {}) =>
  createEgressPolicy({ ...CLOSED, ...settings });
const words = (text: string) => text.trim().split(/\s+/);
/** Halves of a pair, too. */
const anyCharacter = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code));

describe('an address', () => {
  it.each(
    words(`
    0.0.0.0  0.1.2.3  10.0.0.0  10.255.255.255  100.64.0.0  100.127.255.255  127.0.0.1
    169.254.0.1  172.16.0.0  172.31.255.255  192.0.0.0  192.0.0.9  192.0.0.170  192.0.2.1
    192.31.196.1  192.52.193.1  192.88.99.1  192.168.0.0  192.168.255.255  192.175.48.1
    198.18.0.0  198.19.255.255  198.51.100.1  203.0.113.1  224.0.0.1  239.255.255.255  240.0.0.1
    255.255.255.255  168.63.129.16  100.100.100.200  169.254.169.254  169.254.170.2  192.0.0.192
    fd00:ec2::254  fd20:ce::254  ::  ::1  ::2  ::127.0.0.1  ::8.8.8.8  ::ffff:0:0
    ::ffff:10.0.0.1  ::ffff:169.254.169.254  ::ffff:0:127.0.0.1  64:ff9b::  64:ff9b::10.0.0.1
    64:ff9b::a9fe:a9fe  64:ff9b:1::1  64:ff9b:1:fffe::a00:1  100::1  100:0:0:1::1  2001::1
    2001:0:1::1  2001:1::1  2001:2::1  2001:3::1  2001:4:112::1  2001:10::1  2001:20::1
    2001:30::1  2001:db8::1  2002::1  2002:a00:1::  2002:c0a8:101::1  2002:a83f:8110::1
    2620:4f:8000::1  3fff::1  3fff:fff::1  4000::1  5f00::1  fc00::1  fd12:3456::1  fe80::1
    fe80::1%eth0  2606:4700::1%eth0  fec0::1  ff02::1  ffff::1  example.com  1.2.3  1.2.3.4.5
    0x7f.1  [::1]  8.8.8.8/32
  `),
  )('is not connected to: %s', (address) => {
    expect(policyWith().allowsAddress(address)).toBe(false);
    expect(policyWith({ allowHttp: true }).allowsAddress(address)).toBe(false);
  });

  it.each(
    words(`
    1.1.1.1  8.8.8.8  9.255.255.255  11.0.0.0  100.63.255.255  100.128.0.0  128.0.0.0
    168.63.129.15  169.253.255.255  172.15.255.255  172.32.0.0  192.0.1.0  192.167.255.255
    192.169.0.0  198.17.255.255  198.20.0.0  223.255.255.255  2000::1  2001:200::1
    2001:4860:4860::8888  2003::1  2606:4700:4700::1111  2a00:1450::1  3ffe::1  ::ffff:8.8.8.8
    64:ff9b::8.8.8.8  2002:808:808::1
  `),
  )('is connected to: %s', (address) => expect(policyWith().allowsAddress(address)).toBe(true));

  it('is opened by a range, in every spelling', () => {
    const policy = policyWith({ allow: ['10.1.0.0/16', ' fd00:1::/32 ', '192.168.7.7'] });
    for (const open of [
      '10.1.2.3',
      '::ffff:10.1.2.3',
      '64:ff9b::10.1.2.3',
      'fd00:1::5',
      '192.168.7.7',
    ]) {
      expect(policy.allowsAddress(open)).toBe(true);
    }
    for (const closed of ['10.2.0.1', 'fd00:2::5', '192.168.7.8', '127.0.0.1']) {
      expect(policy.allowsAddress(closed)).toBe(false);
    }
  });

  it('of cloud metadata stays closed in an opened range, unless it is named itself', () => {
    const everything = policyWith({ allow: ['0.0.0.0/0', '::/0'] });
    expect(everything.allowsAddress('10.0.0.1')).toBe(true);
    expect(everything.allowsAddress('fe80::1')).toBe(true);
    for (const closed of [
      '169.254.169.254',
      '::ffff:169.254.169.254',
      '168.63.129.16',
      'fd00:ec2::254',
    ]) {
      expect(everything.allowsAddress(closed)).toBe(false);
    }
    expect(policyWith({ allow: ['169.254.169.254'] }).allowsAddress('169.254.169.254')).toBe(true);
    expect(policyWith({ allow: ['fd00:ec2::254/128'] }).allowsAddress('fd00:ec2::254')).toBe(true);
  });

  it.each(['10.0.0.0/33', '::/129', 'example.com', '10.0.0/8', '10.0.0.0/x', '', '10.0.0.0/8/8'])(
    'range that is none is told to the operator: "%s"',
    (cidr) => expect(() => policyWith({ allow: [cidr] })).toThrow(/is not an address range/),
  );

  it('is judged alike as an address, mapped, through NAT64, through 6to4 and as a number in a URL', () => {
    const policy = policyWith();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        const [a, b, c, d] = [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
        const dotted = `${a}.${b}.${c}.${d}`;
        const hex = [(value >>> 16).toString(16), (value & 0xffff).toString(16)].join(':');
        const allowed = policy.allowsAddress(dotted);
        for (const spelling of [
          `::ffff:${dotted}`,
          `::ffff:${hex}`,
          `64:ff9b::${dotted}`,
          `2002:${hex}::1`,
        ]) {
          expect(policy.allowsAddress(spelling)).toBe(allowed);
        }
        for (const host of [
          value,
          `0x${value.toString(16)}`,
          `0${value.toString(8)}`,
          `${a}.${value & 0xffffff}`,
        ]) {
          expect(policy.checkUrl(`https://${host}/`).ok).toBe(allowed);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is judged for any text without an exception', () => {
    const policy = policyWith();
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.domain(), (text, host) => {
        policy.checkUrl(text);
        policy.checkUrl(`https://${host}${text}`);
        policy.checkUrl(`https://${host}/${text}`);
        policy.checkUrl(`https://${text}/`);
        policy.allowsAddress(text);
      }),
    );
  });
});
