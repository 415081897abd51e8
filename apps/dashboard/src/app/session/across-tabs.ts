import type { Tokens } from './tokens.ts';

const NAME = 'schoolbell-session';

/**
 * `signed-out`: by choice. `ended`: a renewal was refused; a tab that still has a token finds out whether it is valid.
 */
type Message = { tokens: Tokens } | 'signed-out' | 'ended';

interface Listeners {
  onTokens(tokens: Tokens): void;
  onSignedOut(): void;
  onEnded(): void;
}

/** Carries messages and turns between the tabs of one browser. */
export interface Tabs {
  tell(message: Message): void;
  /** Runs `task` while no other tab runs one. */
  oneAtATime<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Stops listening. */
  close(): void;
}

/** Where browsers offer neither channels nor locks (plain http other than localhost), each tab is on its own. */
export function acrossTabs({ onTokens, onSignedOut, onEnded }: Listeners): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME);
  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data === 'signed-out') onSignedOut();
    else if (data === 'ended') onEnded();
    else onTokens(data.tokens);
  });
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  return {
    tell: (message) => channel?.postMessage(message),
    oneAtATime: async (task) => (locks ? await locks.request(NAME, task) : task()),
    close: () => channel?.close(),
  };
}
