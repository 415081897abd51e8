import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import {
  databaseFaultOf,
  isDatabaseUnavailable,
  isRefusedLogin,
  isServerOutage,
} from './database-fault.js';
import { StandbyError } from './standby-error.js';

const bySystem = (message: string, code?: string) => Object.assign(new Error(message), { code });
const byPg = (code: string) =>
  Object.assign(new DatabaseError('by the server', 13, 'error'), { code });
const byPrisma = (originalCode: string) =>
  Object.assign(new Error('by Prisma'), {
    code: 'P2021',
    meta: { driverAdapterError: { cause: { originalCode } } },
  });

describe('what an error of the database means', () => {
  it.each([
    ['read-only', '25006'],
    ['disk full', '53100'],
    ['out of memory', '53200'],
    ['too many connections', '53300'],
    ['an I/O error', '58030'],
    ['starting up', '57P03'],
    ['no such table, as during an upgrade', '42P01'],
  ])('%s is an outage, by pg as by Prisma', (_what, code) => {
    expect(databaseFaultOf(byPg(code))).toBe('outage');
    expect(databaseFaultOf(byPrisma(code))).toBe('outage');
  });

  it.each([
    ['22001', 'row'],
    ['22P05', 'row'],
    ['23505', 'row'],
    ['40001', 'collision'],
    ['40P01', 'collision'],
    ['57014', 'too_much'],
    ['55P03', 'too_much'],
    ['54000', 'too_much'],
    ['P0001', 'too_much'],
    ['XX001', 'too_much'],
  ])('%s is: %s', (code, fault) => {
    expect(databaseFaultOf(byPg(code))).toBe(fault);
    expect(databaseFaultOf(byPrisma(code))).toBe(fault);
  });

  it.each([
    ['told by Prisma in words', bySystem('Database error. Code: `57P03`. Message: `x`', 'P2039')],
    ['told by Prisma of a raw query', bySystem('Raw query failed. Code: `57P01`. Message: `x`')],
    ['told as a cause', new Error('outer', { cause: bySystem('connect', 'ECONNREFUSED') })],
    ['of several addresses', new AggregateError([bySystem('connect', 'EHOSTUNREACH')])],
    ['of a socket that is not there', Object.assign(new Error('no'), { syscall: 'connect' })],
    ['of a connection that was lost', new Error('Connection terminated unexpectedly')],
    ['of a connection that took too long', new Error('timeout expired')],
    ['of a standby', new StandbyError()],
  ])('an outage is known when it is %s', (_how, error) => {
    expect(databaseFaultOf(error)).toBe('outage');
  });

  it('a transaction that took longer than it may was too much; one that got no connection is an outage', () => {
    const expired =
      'A query cannot be executed on an expired transaction. The timeout was 20000 ms.';
    expect(databaseFaultOf(bySystem(expired, 'P2028'))).toBe('too_much');
    const notBegun = 'Unable to start a transaction in the given time.';
    expect(databaseFaultOf(bySystem(notBegun, 'P2028'))).toBe('outage');
  });

  it('a statement that this process gave up waiting for was too much', () => {
    expect(databaseFaultOf(new Error('Query read timeout'))).toBe('too_much');
  });

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a file that is missing', Object.assign(bySystem('no', 'ENOENT'), { syscall: 'open' })],
    ['a record that Prisma did not find', bySystem('No record was found', 'P2025')],
    ['no error at all', 'nonsense'],
  ])('%s does not come from the database', (_what, error) => {
    expect(databaseFaultOf(error)).toBeUndefined();
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});

it('a caller can come back after everything but a fault of a row', () => {
  const codes = ['25006', '40001', '57014', '42P01', '22001', '23505'];
  expect(codes.map((code) => isDatabaseUnavailable(byPg(code)))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

it('a refused login is told apart, for the start of a process', () => {
  const codes = ['28P01', '28000', '3D000', '57P03'];
  expect(codes.map((code) => isRefusedLogin(byPg(code)))).toEqual([true, true, true, false]);
});

it('an outage of the whole server is told apart from a lost connection', () => {
  const codes = ['25006', '53100', '53200', '58030', '57P01', '08006', '42P01', '57014', '53300'];
  expect(codes.filter((code) => isServerOutage(byPg(code)))).toEqual(codes.slice(0, 5));
  expect(isServerOutage(bySystem('reset', 'ECONNRESET'))).toBe(false);
});
