import { acrossTabs } from './across-tabs.ts';
import type { Tokens } from './tokens.ts';

/** How a session is renewed and ended. The dashboard has the refresh cookie; a portal inside another page would have another. */
export interface SessionAdapter {
  /** @returns undefined when there is no session */
  renew(): Promise<Tokens | undefined>;
  end(): Promise<void>;
}

type SessionState = 'unknown' | 'signed-in' | 'signed-out';

/** A token that ends sooner is renewed first, so that no call arrives with one that has just ended. */
const MARGIN_MS = 20_000;

/**
 * The access token, in memory alone. It is renewed when a call needs it, never by a timer; one renewal at a time in a
 * tab, and one at a time across tabs where the browser can tell tabs apart.
 */
export class Session {
  #token: { text: string; until: number } | undefined;
  #renewal: Promise<string | undefined> | undefined;
  #state: SessionState = 'unknown';
  readonly #listeners = new Set<() => void>();
  readonly #tabs = acrossTabs({
    onTokens: (tokens) => this.#take(tokens),
    onSignedOut: () => this.#forget(),
  });

  constructor(private readonly adapter: SessionAdapter) {}

  get state(): SessionState {
    return this.#state;
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A token that lasts long enough for a call; undefined when nobody is signed in. */
  readonly accessToken = async (): Promise<string | undefined> => {
    if (this.#state === 'signed-out') return undefined;
    if (this.#token && this.#token.until - MARGIN_MS > performance.now()) return this.#token.text;
    return this.renew();
  };

  /** Asks for the next token, whatever is left of this one. */
  renew(): Promise<string | undefined> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** After signing in. */
  begin(tokens: Tokens): void {
    this.#take(tokens);
    this.#tabs.tellTokens(tokens);
  }

  /** Signs out, in all tabs. */
  async end(): Promise<void> {
    await this.adapter.end();
    this.#forget();
    this.#tabs.tellSignedOut();
  }

  /** The API says that the session is over: for all tabs. */
  over(): void {
    if (this.#state === 'signed-out') return;
    this.#forget();
    this.#tabs.tellSignedOut();
  }

  async #renew(): Promise<string | undefined> {
    const before = this.#token;
    return this.#tabs.oneAtATime(async () => {
      // Another tab may have renewed and told while this one waited for its turn.
      if (this.#token && this.#token !== before) return this.#token.text;
      const tokens = await this.adapter.renew();
      if (!tokens) {
        this.over();
        return undefined;
      }
      this.begin(tokens);
      return tokens.accessToken;
    });
  }

  #take({ accessToken, expiresIn }: Tokens): void {
    this.#token = { text: accessToken, until: performance.now() + expiresIn * 1_000 };
    this.#become('signed-in');
  }

  #forget(): void {
    this.#token = undefined;
    this.#become('signed-out');
  }

  #become(state: SessionState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
