import { expect, it } from 'vitest';
import { changesOf } from './changes-of.ts';

it('the page of the audit log shows what a field was and what it is', () => {
  const entry = {
    before: { timeoutSeconds: 10, events: [] },
    after: { timeoutSeconds: 20, events: ['a', 'b'] },
  };
  expect(changesOf(entry)).toEqual([
    { field: 'events', before: undefined, after: 'a, b' },
    { field: 'timeoutSeconds', before: '10', after: '20' },
  ]);
});

it('the page of the audit log shows what is new and what is gone', () => {
  expect(changesOf({ before: null, after: { name: 'Ada', ok: false } })).toEqual([
    { field: 'name', before: undefined, after: 'Ada' },
    { field: 'ok', before: undefined, after: 'false' },
  ]);
  expect(changesOf({ before: { name: 'Ada' }, after: null })).toEqual([
    { field: 'name', before: 'Ada', after: undefined },
  ]);
  expect(changesOf({ before: null, after: null })).toEqual([]);
});
