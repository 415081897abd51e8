import type { SearchHitDocument } from '@schoolbell/api-client';
import { useSyncExternalStore } from 'react';
import { chosenTenant } from '../../app/api/chosen-tenant.ts';
import { session } from '../../app/api/session-of-page.ts';

const KEPT = 8;

/** Belongs to one page of one user and tenant: learners' ids are theirs, and must not outlive the sign-in. */
let recent: readonly SearchHitDocument[] = [];
const listeners = new Set<() => void>();

/** Recent searches of this tab, the last one first; for the command palette. */
export const recentAnswers = {
  get: (): readonly SearchHitDocument[] => recent,
  add: (hit: SearchHitDocument): void => {
    const others = recent.filter(({ kind, id }) => kind !== hit.kind || id !== hit.id);
    set([hit, ...others].slice(0, KEPT));
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const useRecentAnswers = (): readonly SearchHitDocument[] =>
  useSyncExternalStore(recentAnswers.subscribe, recentAnswers.get);

function set(next: readonly SearchHitDocument[]): void {
  recent = next;
  for (const listener of listeners) listener();
}

session.subscribe(() => {
  if (session.state !== 'signed-in' && recent.length > 0) set([]);
});
chosenTenant.subscribe(() => set([]));
