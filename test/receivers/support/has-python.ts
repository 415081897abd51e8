import { spawnSync } from 'node:child_process';

/** Whether receivers in Python can run here. */
export const hasPython = spawnSync('python3', ['--version']).status === 0;

// oxlint-disable-next-line no-console -- whoever runs the tests should know
if (!hasPython) console.warn('There is no python3: the receivers in Python are skipped.');
