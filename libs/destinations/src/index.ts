export * from './egress-policy.js';
export * from './url-text.js';
export { parseCidr, type AddressRange } from './special-addresses.js';
