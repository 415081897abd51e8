import 'reflect-metadata';
import { loadServiceConfig } from '@schoolbell/config';
import { runService } from '@schoolbell/process';
import { checkDatabase } from './check-database.js';
import { startDispatcher } from './start-dispatcher.js';

await runService({
  name: 'dispatcher',
  readSettings: loadServiceConfig,
  prepare: checkDatabase,
  start: startDispatcher,
});
