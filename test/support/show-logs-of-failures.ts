import { afterEach, inject } from 'vitest';
import { forgetEnded, logsOfServices } from './service-process.js';

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return forgetEnded();
  const shared = await fetch(`${inject('schoolbell')}/ends-of-logs`);
  const logs = logsOfServices() + (await shared.text());
  if (logs) process.stderr.write(`\n"${task.name}" failed; the logs of its services:\n${logs}\n`);
});
