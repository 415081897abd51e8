import 'reflect-metadata';
import { loadApiConfig } from '@schoolbell/config';
import { runService } from '@schoolbell/process';
import { checkDatabase } from './check-database.js';
import { startApi } from './start-api.js';

await runService({
  name: 'api',
  readSettings: loadApiConfig,
  prepare: checkDatabase,
  start: startApi,
});
