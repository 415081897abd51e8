import fc from 'fast-check';

/** Well-formed texts at the limits of stores, parsers and pages. */
export const EXTREME_TEXTS = [
  '',
  ' ',
  '\u00a0',
  '\u{10ffff}',
  '\ufeff',
  '\u202e',
  '\u0001',
  '\r\nX-Injected: 1',
  "'; DROP TABLE events; --",
  '../../etc/passwd',
  '${7*7}',
  '{{type}}',
  '<script>alert(1)</script>',
  'constructor',
  'hasOwnProperty',
  'ﬀ'.repeat(40),
  'é'.repeat(255),
];

/** Values that have broken servers before. */
const INFAMOUS: unknown[] = [
  null,
  -1,
  0,
  -0,
  0.1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  // JSON's 2^53 + 1.
  Number.MAX_SAFE_INTEGER + 1,
  -(2 ** 63),
  2_147_483_647,
  2_147_483_648,
  true,
  [],
  {},
  [[]],
  [null],
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  'x'.repeat(10_000),
  'x'.repeat(255),
  'x'.repeat(256),
  '\u{1f600}'.repeat(255),
  '0000-00-00T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '0001-01-01T00:00:00+23:59',
  '+275760-09-13T00:00:00.001Z',
  '2026-11-22',
  'ten_7zzzzzzzzzzzzzzzzzzzzzzzzz',
  'whk_00000000000000000000000000',
  'http://[::1]:99999/',
  'https://user:pass@example.com/',
  'https://xn--a/',
  'file:///etc/passwd',
  'whsec_',
  'whsec_!!!!',
  '$$$$[[[[',
  '(function($f){$f($f)})',
  '^(a+)+$',
  { constructor: { prototype: {} } },
  { toString: 1, valueOf: 2, hasOwnProperty: 3 },
  JSON.parse('{"__proto__":{"admin":true}}'),
  JSON.parse('{"then":"x","toJSON":"y","length":-1}'),
  nested(70),
  ...EXTREME_TEXTS,
];

/** Code points from U+D800 on are halves of a pair. */
const HALVES = { from: 0xd800, count: 0x800 };

/**
 * Text of any characters. fast-check's own `binary` first fills a map with all 1,112,064, which takes it a second.
 */
export const anyText = (constraints: fc.StringSharedConstraints = {}): fc.Arbitrary<string> =>
  fc.string({ unit: anyCharacter, ...constraints });

const anyCharacter = fc
  .nat({ max: 0x10ffff - HALVES.count })
  .map((n) => String.fromCodePoint(n < HALVES.from ? n : n + HALVES.count));

/** Anything that JSON can express, and values that have broken servers before. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...INFAMOUS) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: anyText({ maxLength: 300 }) },
);

/** Names of unknown fields. */
export const hostileName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'tenantId',
    'id',
    '',
    '\u0000',
    '0',
    '$ref',
  ),
  anyText({ maxLength: 20 }),
);

/** Bodies that are not acceptable JSON, or are too large. */
export const HOSTILE_BODIES: readonly (string | Buffer)[] = [
  '',
  ' ',
  '{',
  '[]',
  'null',
  '"text"',
  '1e999',
  '{"a":1,"a":2}',
  '{"a":9007199254740993}',
  String.raw`{"a":"\u0000"}`,
  String.raw`{"a":"\ud800"}`,
  String.raw`{"\u005f_proto__":{}}`,
  '{"constructor":{"prototype":{"admin":true}}}',
  '\ufeff{}',
  '['.repeat(10_000) + ']'.repeat(10_000),
  '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  Buffer.from([0xc0, 0x80]),
  Buffer.from('{"a":"é"}', 'latin1'),
  Buffer.from('{"a":1}', 'utf16le'),
  JSON.stringify({ a: 'x'.repeat(300 * 1024) }),
  JSON.stringify(Array.from({ length: 20_000 }, () => ({}))),
  Buffer.alloc(10 * 1024 * 1024, 0x20),
];

function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}
