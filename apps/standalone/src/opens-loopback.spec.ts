import { loadConfig, type Environment } from '@schoolbell/config';
import { expect, it } from 'vitest';
import { opensLoopback } from './opens-loopback.js';

/** The egress setting of services that `npm start` starts with this environment. */
const egressOf = (env: Environment) =>
  loadConfig({ ...env, EGRESS_LOOPBACK: opensLoopback(env) }).egress;

it('EGRESS_ALLOW unset opens this machine, also on plain http, and nothing else that is private', () => {
  expect(egressOf({})).toEqual({ allowHttp: false, allow: [], allowLoopback: true });
});

it.each(['', ' ', ','])('EGRESS_ALLOW set and empty opens nothing: "%s"', (EGRESS_ALLOW) => {
  expect(egressOf({ EGRESS_ALLOW })).toEqual({ allowHttp: false, allow: [], allowLoopback: false });
});

it('EGRESS_ALLOW opens the ranges that it names, and these alone', () => {
  expect(egressOf({ EGRESS_ALLOW: '10.0.0.0/8' })).toEqual({
    allowHttp: false,
    allow: ['10.0.0.0/8'],
    allowLoopback: false,
  });
});
