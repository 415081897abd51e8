import { afterEach } from 'vitest';
import { logsOfRunningServices } from './service-process.js';

afterEach(({ task }) => {
  if (task.result?.state !== 'fail') return;
  const logs = logsOfRunningServices();
  if (logs) process.stderr.write(`\n"${task.name}" failed while these were running:\n${logs}\n`);
});
