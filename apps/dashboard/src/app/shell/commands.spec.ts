import type { MeDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { commandsFor, isMeant } from './commands.ts';

const me = (about: Partial<MeDocument>): MeDocument =>
  ({ tenantId: 'ten_1', permissions: [], ...about }) as MeDocument;
const labels = (about: Partial<MeDocument>) => {
  const { pages, actions } = commandsFor(me(about));
  return [...pages, ...actions].map(({ label }) => label);
};

it('the search offers nothing that a role may not do, nor pages that it does not have', () => {
  expect(labels({})).not.toContain('New webhook');
  expect(labels({ permissions: ['webhooks:write'] })).toContain('New webhook');
  expect(labels({})).not.toContain('Go to tenants');
  expect(labels({ tenantId: null })).toContain('Go to tenants');
});

it('the search finds a command by the beginnings of its words, in any order', () => {
  const [command] = commandsFor(me({ permissions: ['webhooks:write'] })).actions;
  for (const typed of ['', 'new', 'web n', 'CREATE', 'endpoint ']) {
    expect(isMeant(command!, typed), typed).toBe(true);
  }
  expect(isMeant(command!, 'hook')).toBe(false);
});
