import { inject, it } from 'vitest';
import { compareReads } from './scenarios/reads.js';

const options = inject('bench');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

it('reads beside another checkout', { timeout: 0 }, async () => {
  const history = options.quick ? 20_000 : options.history;
  const rounds = options.quick ? 100 : 400;
  say(`Making a history of ${history} deliveries …`);
  await compareReads({ against: options.against!, history, rounds }, ({ name, before, now }) => {
    const [was, is] = [before, now].map((ms) => `${ms.toFixed(2)} ms`.padStart(9));
    say(`${name.padEnd(34)} ${was} → ${is} ${((now / before - 1) * 100).toFixed(1).padStart(6)} %`);
  });
});
