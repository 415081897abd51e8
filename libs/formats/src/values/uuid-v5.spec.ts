import { describe, expect, it } from 'vitest';
import { uuidV5 } from './uuid-v5.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('a UUID made of a name', () => {
  it('is that of RFC 9562, appendix A.4', () => {
    expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('takes the namespace in either case', () => {
    expect(uuidV5(DNS.toUpperCase(), 'name')).toBe(uuidV5(DNS, 'name'));
  });
});
