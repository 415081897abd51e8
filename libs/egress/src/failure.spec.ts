import { expect, it } from 'vitest';
import { ConnectError } from './connect-error.js';
import { explainFailure } from './failure.js';

const alert = (name: string) =>
  Object.assign(new Error('ssl/tls alert'), { code: `ERR_SSL_${name}` });

it.each(['TLSV13_ALERT_CERTIFICATE_REQUIRED', 'TLSV1_ALERT_UNKNOWN_CA'])(
  'a receiver that does not take the client certificate is told as that, in the handshake and after it: %s',
  (name) => {
    for (const error of [alert(name), new ConnectError('tls', alert(name))]) {
      expect(explainFailure(error)).toMatchObject({
        code: 'tls',
        message: expect.stringContaining('client certificate'),
      });
    }
  },
);

it.each(['dns', 'connect', 'tls', 'proxy', 'address', 'identity'] as const)(
  'what went wrong at the step "%s" is for the operator alone',
  (step) => {
    for (const ours of [true, false]) {
      const cause = Object.assign(new Error('connect EHOSTUNREACH 10.9.8.7:443'), { code: 'E_X' });
      const { message, internal } = explainFailure(new ConnectError(step, cause, ours));
      expect(message).not.toMatch(/10\.9|E_X|EHOST|proxy/i);
      expect(internal).toBe('E_X: connect EHOSTUNREACH 10.9.8.7:443');
    }
  },
);
