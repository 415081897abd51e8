let token = take();
const listeners = new Set<() => void>();

// A second link pasted into the same tab changes only the fragment.
window.addEventListener('hashchange', () => {
  const next = take();
  if (next === undefined) return;
  token = next;
  for (const listener of listeners) listener();
});

/**
 * The token of a link in an e-mail, `#token=…`. It is removed from the address before anything else happens, so that
 * neither the history nor somebody looking at the screen has it.
 */
export const linkToken = {
  get: (): string | undefined => token,
  /** For `useSyncExternalStore`. */
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Call it once the token was used. */
  forget: (): void => {
    token = undefined;
  },
};

function take(): string | undefined {
  const { hash, pathname, search } = window.location;
  const found = new URLSearchParams(hash.slice(1)).get('token');
  if (!found) return undefined;
  window.history.replaceState(window.history.state, '', pathname + search);
  return found;
}
