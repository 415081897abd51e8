import 'reflect-metadata';
import { loadServiceConfig } from '@schoolbell/config';
import { runService } from '@schoolbell/process';
import { checkEncryptionKeys } from './check-encryption-keys.js';
import { startDispatcher } from './start-dispatcher.js';

await runService({
  name: 'dispatcher',
  readSettings: loadServiceConfig,
  prepare: checkEncryptionKeys,
  start: startDispatcher,
});
