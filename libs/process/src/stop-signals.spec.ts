import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { onStopSignal } from './stop-signals.js';

function listen() {
  const signals = new EventEmitter();
  const heard: string[] = [];
  const clock = { now: 5000 };
  const stop = (signal: string) => heard.push(signal);
  const stopNow = () => heard.push('now');
  onStopSignal({ stop, stopNow }, signals, () => clock.now);
  const send = (signal: 'SIGTERM' | 'SIGINT', afterMs: number): void => {
    clock.now = 5000 + afterMs;
    signals.emit(signal, signal);
  };
  return { heard, send };
}

it('signals that come within a second of the first are one wish to stop', () => {
  const { heard, send } = listen();
  send('SIGINT', 0);
  send('SIGINT', 1);
  send('SIGTERM', 1000);
  expect(heard).toEqual(['SIGINT']);
});

it('a signal that comes later is the wish to stop now', () => {
  const { heard, send } = listen();
  send('SIGTERM', 0);
  send('SIGTERM', 1001);
  expect(heard).toEqual(['SIGTERM', 'now']);
});
