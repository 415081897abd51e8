import { expect, it } from 'vitest';
import { HostsFile, parseHosts } from './hosts-file.js';

it('the hosts file is read as systems read it', () => {
  const names = parseHosts(
    [
      '# 10.0.0.1 commented',
      '127.0.0.1\tlocalhost  Receiver.test # here',
      '::1 localhost',
      'not-an-address receiver.test',
      '',
      '10.0.0.2\r',
    ].join('\n'),
  );
  expect(Object.fromEntries(names)).toEqual({
    localhost: ['127.0.0.1', '::1'],
    'receiver.test': ['127.0.0.1'],
  });
});

it('a hosts file that is not there knows no names', async () => {
  expect(await new HostsFile('/nowhere/hosts').addressesOf('localhost')).toEqual([]);
});
