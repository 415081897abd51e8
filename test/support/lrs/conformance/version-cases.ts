import { accepted, refused, type ConformanceCase } from './conformance-case.js';

export const VERSION_CASES: ConformanceCase[] = [
  accepted('version 1.0', { version: '1.0' }),
  accepted('version 1.0.9', { version: '1.0.9' }),
  accepted('version 2.0.0', { version: '2.0.0' }, '2.0.0'),
  refused('version 2.0.0', { version: '2.0.0' }, '1.0.3'),
  refused('version 0.9.9', { version: '0.9.9' }),
  refused('version 1.1.0', { version: '1.1.0' }),
  refused('version 2.1.0', { version: '2.1.0' }),
  refused('a version that is a number', { version: 2 }),
];
