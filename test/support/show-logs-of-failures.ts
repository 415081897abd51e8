import { afterEach } from 'vitest';
import { forgetEnded, logsOfServices } from './service-process.js';

afterEach(({ task }) => {
  if (task.result?.state !== 'fail') return forgetEnded();
  const logs = logsOfServices();
  if (logs) process.stderr.write(`\n"${task.name}" failed; the logs of its services:\n${logs}\n`);
});
