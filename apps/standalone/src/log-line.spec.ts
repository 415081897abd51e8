import { expect, it } from 'vitest';
import { forTerminal } from './log-line.js';

it('the terminal shows warnings and worse', () => {
  expect(forTerminal('api', '{"level":"warn","msg":"odd"}')).toBe('[api] warn: odd');
  expect(forTerminal('api', '{"level":"error","msg":"broken","err":{"message":"why"}}')).toBe(
    '[api] error: broken (why)',
  );
});

it('the terminal does not show the daily business', () => {
  expect(forTerminal('api', '{"level":"info","msg":"listening"}')).toBeUndefined();
  expect(forTerminal('api', '  ')).toBeUndefined();
});

it('the terminal shows what is no structured log, such as a crash', () => {
  expect(forTerminal('api', 'TypeError: x is not a function')).toBe(
    '[api] TypeError: x is not a function',
  );
});
