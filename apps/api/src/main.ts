import 'reflect-metadata';
import { loadApiConfig } from '@schoolbell/config';
import { runService } from '@schoolbell/process';
import { checkEncryptionKeys } from './check-encryption-keys.js';
import { startApi } from './start-api.js';

await runService({
  name: 'api',
  readSettings: loadApiConfig,
  prepare: checkEncryptionKeys,
  start: startApi,
});
