import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inject, it } from 'vitest';
import { soak } from './scenarios/soak.js';

const options = inject('bench');

it('goes on for a long time', { timeout: 0 }, async () => {
  const report = await soak({ minutes: options.soak!, perSecond: 500 }, (line) =>
    process.stdout.write(`${line}\n`),
  );
  mkdirSync(dirname(options.output), { recursive: true });
  writeFileSync(options.output, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`Details: ${options.output}\n`);
  if (report.faults.length > 0) throw new Error(report.faults.join('\n'));
});
