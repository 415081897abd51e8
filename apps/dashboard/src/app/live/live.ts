import { BASE } from '../api/session-of-page.ts';
import { chosenTenant } from '../api/chosen-tenant.ts';
import { fetchAsUser } from '../api/fetch-as-user.ts';
import type { DeliveryChange } from './delivery-change.ts';
import { LiveConnection, type LiveState } from './live-connection.ts';

const listeners = new Set<(change: DeliveryChange) => void>();
const stateListeners = new Set<() => void>();
let state: LiveState = 'connecting';
let connection: LiveConnection | undefined;
let users = 0;

/** Changes at the page's tenant: one stream for all listeners. */
export const live = {
  state: (): LiveState => state,
  /** For `useSyncExternalStore`. */
  subscribeToState: (listener: () => void): (() => void) => {
    stateListeners.add(listener);
    return () => stateListeners.delete(listener);
  },
  subscribe: (listener: (change: DeliveryChange) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Watches while the page is visible. @returns a function that stops it */
  watch: (): (() => void) => {
    if (users++ === 0) begin();
    return () => {
      if (--users === 0) end();
    };
  },
};

/** Another tenant needs another stream. */
chosenTenant.subscribe(() => {
  if (users === 0) return;
  end();
  begin();
});

function begin(): void {
  connection = newConnection();
  document.addEventListener('visibilitychange', followVisibility);
  // The network is back: no need to wait.
  window.addEventListener('online', startAnew);
  window.addEventListener('offline', stopOffline);
  followVisibility();
}

function end(): void {
  connection?.stop();
  connection = undefined;
  document.removeEventListener('visibilitychange', followVisibility);
  window.removeEventListener('online', startAnew);
  window.removeEventListener('offline', stopOffline);
  become('connecting');
}

/** HTTP/1.1 allows six connections for all tabs: a hidden tab holds none. */
function followVisibility(): void {
  if (document.visibilityState === 'hidden') connection?.stop();
  else {
    become('connecting');
    connection?.start();
  }
}

function startAnew(): void {
  connection?.stop();
  followVisibility();
}

/** The browser notices at once that it is offline; a broken stream is silent at first. */
function stopOffline(): void {
  connection?.stop();
  become('offline');
}

function newConnection(): LiveConnection {
  const made: LiveConnection = new LiveConnection({
    open: (lastEventId, signal) =>
      fetchAsUser(`${window.location.origin}${BASE}/v1/stream/deliveries?expand=event`, {
        signal,
        cache: 'no-store',
        headers: lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
      }),
    isReachable: async (signal) =>
      (await fetch(`${BASE}/health/live`, { signal, cache: 'no-store' })).ok,
    onChange: (change) => {
      if (connection === made) for (const listener of listeners) listener(change);
    },
    onState: (next) => {
      if (connection === made) become(next);
    },
    sleep,
    now: () => performance.now(),
  });
  return made;
}

function become(next: LiveState): void {
  state = next;
  for (const listener of stateListeners) listener();
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
