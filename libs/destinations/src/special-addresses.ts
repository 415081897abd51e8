import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * IPv4 that is not an ordinary host of the internet.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const SPECIAL_IPV4 = [
  '0.0.0.0/8', // this network; Linux connects to itself
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT, Alibaba's metadata
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, most clouds' metadata
  '172.16.0.0/12', // private
  '192.0.0.0/24', // IETF protocols, Oracle's old metadata
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays, withdrawn
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
];

/** All global unicast IPv6 that there is; loopback, private, link-local and multicast lie outside. */
const GLOBAL_IPV6 = '2000::/3';

/**
 * IPv6 inside 2000::/3 that is not an ordinary host.
 *
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const SPECIAL_IPV6 = [
  '2001::/23', // IETF protocols: Teredo, benchmarks, ORCHID, AMT, AS112
  '2001:db8::/32', // documentation
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
];

/**
 * Where clouds tell their machines secrets. Named one by one: the first counts as ordinary unicast, and an
 * operator who opens a whole range does not mean these.
 */
const METADATA = [
  '168.63.129.16/32', // Azure
  '169.254.169.254/32', // AWS, Google, Azure, DigitalOcean, Oracle
  '169.254.170.2/32', // AWS ECS
  '169.254.170.23/32', // AWS EKS
  '100.100.100.200/32', // Alibaba
  '192.0.0.192/32', // Oracle
  'fd00:ec2::254/128', // AWS
  'fd00:ec2::23/128', // AWS EKS
  'fd20:ce::254/128', // Google
];

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

export const specialIPv4 = rangesOf(SPECIAL_IPV4);
export const globalIPv6 = rangesOf([GLOBAL_IPV6]);
export const specialIPv6 = rangesOf(SPECIAL_IPV6);
export const metadataAddresses = rangesOf(METADATA);
export const loopbackAddresses = rangesOf(LOOPBACK);

/**
 * Reads CIDRs (`10.0.0.0/8`, `fd00::/8`) and single addresses into a set that can be asked.
 *
 * @throws RangeError naming the first text that is neither
 */
export function rangesOf(cidrs: readonly string[]): BlockList {
  const ranges = new BlockList();
  for (const cidr of cidrs) {
    const range = parseCidr(cidr);
    if (!range) {
      throw new RangeError(
        `"${cidr}" is not an address range: write it like 10.0.0.0/8 or fd00::/8.`,
      );
    }
    ranges.addSubnet(range.address, range.prefix, range.family);
  }
  return ranges;
}

export interface AddressRange {
  address: string;
  prefix: number;
  family: 'ipv4' | 'ipv6';
}

/** Reads one CIDR; an address alone is a range of one. */
export function parseCidr(cidr: string): AddressRange | undefined {
  const [, address = '', prefix] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(cidr.trim()) ?? [];
  const family = familyOf(address);
  if (!family) return undefined;
  const width = family === 'ipv4' ? 32 : 128;
  const length = prefix === undefined ? width : Number(prefix);
  return length > width ? undefined : { address, prefix: length, family };
}

export function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  if (isIPv4(address)) return 'ipv4';
  return isIPv6(address) ? 'ipv6' : undefined;
}
