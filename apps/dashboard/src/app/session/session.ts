import { acrossTabs } from './across-tabs.ts';
import { holderOf } from './holder-of.ts';
import type { Tokens } from './tokens.ts';

/** How a session is renewed and ended. The dashboard has the refresh cookie; a portal inside another page would have another. */
export interface SessionAdapter {
  /** @returns undefined when there is no session @throws when that cannot be told, such as without an answer */
  renew(): Promise<Tokens | undefined>;
  /** @throws when the session goes on, such as without an answer */
  end(): Promise<void>;
}

type SessionState = 'unknown' | 'signed-in' | 'signed-out';

/** `chosen`: somebody signed out; `over`: it was ended elsewhere, or has expired. */
type SessionEnding = 'chosen' | 'over';

interface SessionParts {
  /** ms of any origin; not the wall clock, which somebody may set. */
  now?: () => number;
  connect?: typeof acrossTabs;
}

interface HeldToken {
  text: string;
  /** By the clock of the page. */
  until: number;
}

/** A token that ends sooner is renewed first, so that no call arrives with one that has just ended. */
const MARGIN_MS = 20_000;

/**
 * The access token, in memory alone. It is renewed when a call needs it, never by a timer; one renewal at a time in a
 * tab, and one at a time across tabs where the browser can tell tabs apart. Where it cannot, the API answers two that
 * come with one cookie the same.
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

  /** Whose the session is, or was last: another one after somebody else has signed in, also in another tab. */
  get holder(): string | undefined {
    return this.currentHolder;
  }

  /** How the last session of this page ended; undefined where none has. */
  get ending(): SessionEnding | undefined {
    return this.endedBecause;
  }

  /** Told of every new state and holder. For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A token that lasts long enough for a call; undefined when nobody is signed in. */
  readonly accessToken = async (): Promise<string | undefined> => {
    if (this.currentState === 'signed-out') return undefined;
    if (this.token && this.token.until - MARGIN_MS > this.now()) return this.token.text;
    return this.renew();
  };

  /**
   * Asks for the next token, whatever is left of this one.
   *
   * @param refused the token that the API refused: where there is another one by now, that is the next
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

  /** After signing in. */
  begin(tokens: Tokens): void {
    this.take(tokens);
    this.tabs.tell({ tokens });
  }

  /** Signs out, in all tabs. @throws when the API did not answer: the session goes on then */
  async end(): Promise<void> {
    // Not while a renewal is under way, whose cookie would come after.
    await this.tabs.oneAtATime(() => this.adapter.end());
    this.forget('chosen');
    this.tabs.tell('signed-out');
  }

  private async renewInTurn(): Promise<string | undefined> {
    const before = this.token;
    const { text } = (await this.tabs.oneAtATime(() => this.renewOnce(before))) ?? {};
    return text;
  }

  /** Another tab may have renewed, begun or ended the session while this one waited for its turn or for the answer. */
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

  /** The API says that there is no session. Others find out for themselves: one may have begun a session just now. */
  private endForTabs(): void {
    this.forget(this.currentState === 'signed-in' ? 'over' : undefined);
    this.tabs.tell('ended');
  }

  private lookAgain(): void {
    // Without an answer the next call finds out.
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
