import type { Tokens } from './tokens.ts';

const NAME = 'schoolbell-session';

type Message = { tokens: Tokens } | 'signed-out';

interface Listeners {
  onTokens(tokens: Tokens): void;
  onSignedOut(): void;
}

/** What the tabs of one browser tell each other. Where it cannot be (plain http and no localhost), each is alone. */
export function acrossTabs({ onTokens, onSignedOut }: Listeners) {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : undefined;
  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data === 'signed-out') onSignedOut();
    else onTokens(data.tokens);
  });
  const tell = (message: Message) => channel?.postMessage(message);
  return {
    tellTokens: (tokens: Tokens) => tell({ tokens }),
    tellSignedOut: () => tell('signed-out'),
    /** Runs `task` while no other tab runs one. */
    oneAtATime: <Result>(task: () => Promise<Result>): Promise<Result> =>
      'locks' in navigator ? navigator.locks.request(NAME, task) : task(),
  };
}
