import { acrossTabs } from './across-tabs.ts';
import { holderOf } from './holder-of.ts';
import type { Tokens } from './tokens.ts';

/**
 * How a session is renewed and ended. The dashboard uses the refresh cookie; a portal inside another page would use
 * something else.
 */
export interface SessionAdapter {
  /** @returns undefined when there is no session @throws when that cannot be told, for example without an answer */
  renew(): Promise<Tokens | undefined>;
  /** @throws when the session could not be ended, for example without an answer */
  end(): Promise<void>;
}

type SessionState = 'unknown' | 'signed-in' | 'signed-out';

/** `chosen`: the user signed out; `over`: the session expired or was ended elsewhere. */
type SessionEnding = 'chosen' | 'over';

interface SessionParts {
  /** Milliseconds from any origin; not the wall clock, which users can set. */
  now?: () => number;
  connect?: typeof acrossTabs;
}

interface HeldToken {
  text: string;
  /** When the token expires, by the page's clock. */
  until: number;
}

/** A token with less time left than this is renewed first, so that no call arrives with an expired one. */
const MARGIN_MS = 20_000;

/**
 * Holds the access token, in memory alone. A call that needs it renews it, never a timer. One renewal runs at a time in
 * a tab, and in all tabs where the browser has locks; where it has none, the API gives the same answer to two renewals
 * that use one cookie.
 */
export class Session {
  private token: HeldToken | undefined;
  private renewal: Promise<string | undefined> | undefined;
  private currentState: SessionState = 'unknown';
  private currentHolder: string | undefined;
  private endedBecause: SessionEnding | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly now: () => number;
  private readonly tabs: ReturnType<typeof acrossTabs>;

  constructor(
    private readonly adapter: SessionAdapter,
    { now = () => performance.now(), connect = acrossTabs }: SessionParts = {},
  ) {
    this.now = now;
    this.tabs = connect({
      onTokens: (tokens) => this.take(tokens),
      onSignedOut: () => this.forget('chosen'),
      onEnded: () => this.lookAgain(),
    });
  }

  get state(): SessionState {
    return this.currentState;
  }

  /** Whose session it is, or was last; changes when somebody else signs in, also in another tab. */
  get holder(): string | undefined {
    return this.currentHolder;
  }

  /** How this page's last session ended; undefined if none has. */
  get ending(): SessionEnding | undefined {
    return this.endedBecause;
  }

  /** Calls the listener on every new state and holder. For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A token that lasts long enough for one call; undefined when nobody is signed in. */
  readonly accessToken = async (): Promise<string | undefined> => {
    if (this.currentState === 'signed-out') return undefined;
    if (this.token && this.token.until - MARGIN_MS > this.now()) return this.token.text;
    return this.renew();
  };

  /**
   * Asks for the next token, however long the present one still lasts.
   *
   * @param refused the token that the API refused; if there is another one by now, that one is returned
   */
  renew(refused?: string): Promise<string | undefined> {
    if (refused !== undefined && this.token && this.token.text !== refused) {
      return Promise.resolve(this.token.text);
    }
    this.renewal ??= this.renewInTurn().finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  /** Call it after signing in. */
  begin(tokens: Tokens): void {
    this.take(tokens);
    this.tabs.tell({ tokens });
  }

  /** Signs out in all tabs. @throws when the API did not answer; the session then continues */
  async end(): Promise<void> {
    // Not during a renewal, whose new cookie would arrive afterwards.
    await this.tabs.oneAtATime(() => this.adapter.end());
    this.forget('chosen');
    this.tabs.tell('signed-out');
  }

  private async renewInTurn(): Promise<string | undefined> {
    const before = this.token;
    const { text } = (await this.tabs.oneAtATime(() => this.renewOnce(before))) ?? {};
    return text;
  }

  /** While this tab waited for its turn or for the answer, another tab may have renewed, begun or ended the session. */
  private async renewOnce(before: HeldToken | undefined): Promise<HeldToken | undefined> {
    const state = this.currentState;
    const isOvertaken = () => this.token !== before || this.currentState !== state;
    if (isOvertaken()) return this.token;
    const tokens = await this.adapter.renew();
    if (isOvertaken()) return this.token;
    if (tokens) this.begin(tokens);
    else this.endForTabs();
    return this.token;
  }

  /**
   * The API says that there is no session. Other tabs check for themselves: one of them may have just begun a session.
   */
  private endForTabs(): void {
    this.forget(this.currentState === 'signed-in' ? 'over' : undefined);
    this.tabs.tell('ended');
  }

  private lookAgain(): void {
    // Without an answer, the next call finds out.
    if (this.currentState === 'signed-in') this.renew().catch(() => undefined);
  }

  private take({ accessToken, expiresIn }: Tokens): void {
    this.token = { text: accessToken, until: this.now() + expiresIn * 1_000 };
    this.become('signed-in', holderOf(accessToken));
  }

  private forget(ending: SessionEnding | undefined): void {
    this.token = undefined;
    if (this.currentState !== 'signed-out') this.endedBecause = ending;
    this.become('signed-out', this.currentHolder);
  }

  private become(state: SessionState, holder: string | undefined): void {
    if (this.currentState === state && this.currentHolder === holder) return;
    this.currentState = state;
    this.currentHolder = holder;
    for (const listener of this.listeners) listener();
  }
}
