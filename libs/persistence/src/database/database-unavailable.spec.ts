import { expect, it } from 'vitest';
import { isDatabaseUnavailable } from './database-unavailable.js';

const told = (message: string, code?: string) => Object.assign(new Error(message), { code });

it.each([
  ['by pg', told('the database system is starting up', '57P03')],
  ['by Prisma in words', told('Database error. Code: `57P03`. Message: `starting up`', 'P2010')],
  ['by Prisma of a raw query', told('Raw query failed. Code: `57P01`. Message: `ended`', 'P2010')],
  ['as a cause', new Error('outer', { cause: told('connect', 'ECONNREFUSED') })],
])('a server that is away is known when told %s', (_how, error) => {
  expect(isDatabaseUnavailable(error)).toBe(true);
});

it.each([
  ['by pg', told('relation "nonsense" does not exist', '42P01')],
  ['by Prisma in words', told('Database error. Code: `42P01`. Message: `no such`', 'P2010')],
  ['by Prisma of a raw query', told('Raw query failed. Code: `42P01`. Message: `none`', 'P2010')],
])('a statement that is wrong is not taken for it when told %s', (_how, error) => {
  expect(isDatabaseUnavailable(error)).toBe(false);
});
