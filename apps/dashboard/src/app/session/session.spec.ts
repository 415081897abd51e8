import { describe, expect, it, onTestFinished } from 'vitest';
import { acrossTabs, type Tabs } from './across-tabs.ts';
import { Session, type SessionAdapter } from './session.ts';
import type { Tokens } from './tokens.ts';

/** A token shaped like the API's; only its holder matters here. */
const tokenOf = (sub: string, n: number) => `h.${btoa(JSON.stringify({ sub, n }))}.s`;
const tokens = (n: number, sub = 'ada'): Tokens => ({
  accessToken: tokenOf(sub, n),
  expiresIn: 900,
});

/** An API whose answers wait until the test gives them. */
class Answers implements SessionAdapter {
  asked = 0;
  ended = 0;
  private readonly waiting: PromiseWithResolvers<Tokens | undefined>[] = [];

  renew = () => {
    this.asked += 1;
    const answer = Promise.withResolvers<Tokens | undefined>();
    this.waiting.push(answer);
    return answer.promise;
  };
  end = async () => {
    this.ended += 1;
  };

  give(answer: Tokens | undefined): void {
    this.waiting.shift()!.resolve(answer);
  }
  fail(): void {
    this.waiting.shift()!.reject(new TypeError('Failed to fetch'));
  }
}

type Listeners = Parameters<typeof acrossTabs>[0];

/** A browser whose tabs tell each other everything, and take turns where it supports locks. */
class Browser {
  readonly answers = new Answers();
  now = 0;
  private readonly tabs: Listeners[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly can: { tell: boolean; lock: boolean }) {}

  tab(): Session {
    const connect = (own: Listeners): Tabs => {
      this.tabs.push(own);
      return {
        tell: (message) => {
          for (const other of this.can.tell ? this.tabs : []) {
            if (other === own) continue;
            if (message === 'signed-out') other.onSignedOut();
            else if (message === 'ended') other.onEnded();
            else other.onTokens(message.tokens);
          }
        },
        close: () => undefined,
        oneAtATime: (task) => {
          const run = this.can.lock ? this.turn.then(task) : task();
          this.turn = run.catch(() => undefined);
          return run;
        },
      };
    };
    return new Session(this.answers, { now: () => this.now, connect });
  }
}

const modern = () => new Browser({ tell: true, lock: true });
const plainHttp = () => new Browser({ tell: false, lock: false });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the access token', () => {
  it('is asked for once, however many calls need it', async () => {
    const { answers } = modern();
    const session = new Session(answers, { connect: alone });
    const calls = [session.accessToken(), session.accessToken(), session.accessToken()];
    await settled();
    answers.give(tokens(1));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([tokenOf('ada', 1)]));
    expect(answers.asked).toBe(1);
    expect(session.state).toBe('signed-in');
  });

  it('is renewed 20 seconds before it ends, by the time since it was received', async () => {
    const browser = modern();
    const session = browser.tab();
    browser.now = 1_000_000;
    session.begin(tokens(1));
    browser.now += 879_000;
    expect(await session.accessToken()).toBe(tokenOf('ada', 1));
    browser.now += 1_000;
    const next = session.accessToken();
    await settled();
    browser.answers.give(tokens(2));
    expect(await next).toBe(tokenOf('ada', 2));
  });

  it('that was refused is replaced once, also when the refusals come one after the other', async () => {
    const browser = modern();
    const session = browser.tab();
    session.begin(tokens(1));
    const first = session.renew(tokenOf('ada', 1));
    await settled();
    browser.answers.give(tokens(2));
    expect(await first).toBe(tokenOf('ada', 2));
    expect(await session.renew(tokenOf('ada', 1))).toBe(tokenOf('ada', 2));
    expect(browser.answers.asked).toBe(1);
  });

  it('is not given up when the API cannot be reached: the next call asks again', async () => {
    const browser = modern();
    const session = browser.tab();
    session.begin(tokens(1));
    browser.now += 890_000;
    const failing = session.accessToken();
    await settled();
    browser.answers.fail();
    await expect(failing).rejects.toThrow('Failed to fetch');
    expect(session.state).toBe('signed-in');
    const next = session.accessToken();
    await settled();
    browser.answers.give(tokens(2));
    expect(await next).toBe(tokenOf('ada', 2));
  });
});

describe('a session', () => {
  it('that the API does not know is over, and the page says so only if there was one', async () => {
    const browser = modern();
    const session = browser.tab();
    const first = session.accessToken();
    await settled();
    browser.answers.give(undefined);
    expect(await first).toBeUndefined();
    expect([session.state, session.ending]).toEqual(['signed-out', undefined]);
    session.begin(tokens(1));
    const next = session.renew();
    await settled();
    browser.answers.give(undefined);
    expect(await next).toBeUndefined();
    expect([session.state, session.ending]).toEqual(['signed-out', 'over']);
    expect(await session.accessToken()).toBeUndefined();
    expect(browser.answers.asked).toBe(2);
  });

  it('does not come back by a renewal that was under way when it was ended', async () => {
    const browser = new Browser({ tell: true, lock: false });
    const session = browser.tab();
    session.begin(tokens(1));
    const late = session.renew();
    await session.end();
    browser.answers.give(tokens(2));
    expect(await late).toBeUndefined();
    expect([session.state, session.ending]).toEqual(['signed-out', 'chosen']);
  });

  it('goes on when signing out did not reach the API', async () => {
    const session = new Session(
      { renew: async () => tokens(2), end: () => Promise.reject(new TypeError('Failed to fetch')) },
      { connect: alone },
    );
    session.begin(tokens(1));
    await expect(session.end()).rejects.toThrow();
    expect(session.state).toBe('signed-in');
  });

  it('of somebody else is told to whoever listens, also while signed in', () => {
    const session = modern().tab();
    const holders: unknown[] = [];
    session.subscribe(() => holders.push(session.holder));
    session.begin(tokens(1));
    session.begin(tokens(2));
    session.begin(tokens(3, 'grace'));
    expect(holders).toEqual(['ada', 'grace']);
  });

  it('with a token of another form works, and has no holder', async () => {
    const session = modern().tab();
    session.begin({ accessToken: 'opaque', expiresIn: 900 });
    expect([session.holder, await session.accessToken()]).toEqual([undefined, 'opaque']);
  });
});

describe('two tabs', () => {
  it('renew one after the other, and the second takes what the first got', async () => {
    const browser = modern();
    const [one, two] = [browser.tab(), browser.tab()];
    one.begin(tokens(1));
    expect(two.state).toBe('signed-in');
    browser.now += 890_000;
    const both = [one.accessToken(), two.accessToken()];
    await settled();
    browser.answers.give(tokens(2));
    expect(await Promise.all(both)).toEqual([tokenOf('ada', 2), tokenOf('ada', 2)]);
    expect(browser.answers.asked).toBe(1);
  });

  it('renew each by itself where the browser cannot tell tabs apart', async () => {
    const browser = plainHttp();
    const [one, two] = [browser.tab(), browser.tab()];
    const both = [one.accessToken(), two.accessToken()];
    await settled();
    browser.answers.give(tokens(2));
    browser.answers.give(tokens(2));
    expect(await Promise.all(both)).toEqual([tokenOf('ada', 2), tokenOf('ada', 2)]);
    expect(browser.answers.asked).toBe(2);
  });

  it('are signed out together', async () => {
    const browser = modern();
    const [one, two] = [browser.tab(), browser.tab()];
    one.begin(tokens(1));
    await one.end();
    expect([two.state, two.ending]).toEqual(['signed-out', 'chosen']);
    expect(browser.answers.ended).toBe(1);
  });

  it('do not lose a session that begins in one while the other finds none', async () => {
    const browser = new Browser({ tell: true, lock: false });
    const [early, late] = [browser.tab(), browser.tab()];
    const asked = early.accessToken();
    late.begin(tokens(1));
    browser.answers.give(undefined);
    expect(await asked).toBe(tokenOf('ada', 1));
    expect([early.state, late.state]).toEqual(['signed-in', 'signed-in']);
  });

  it('find out each for itself when the API refuses a renewal', async () => {
    const browser = modern();
    const [one, two] = [browser.tab(), browser.tab()];
    one.begin(tokens(1));
    const refused = one.renew();
    await settled();
    browser.answers.give(undefined);
    await refused;
    expect([one.state, two.state]).toEqual(['signed-out', 'signed-in']);
    await settled();
    browser.answers.give(undefined);
    await expect.poll(() => two.state).toBe('signed-out');
    expect(two.ending).toBe('over');
  });
});

describe('what browsers have', () => {
  it.each([
    ['channel and locks', false],
    ['neither, as on plain http', true],
  ])('%s: a task is run', async (_what, without) => {
    if (without) hide('BroadcastChannel', 'navigator');
    const tabs = acrossTabs({ onTokens() {}, onSignedOut() {}, onEnded() {} });
    tabs.tell('ended');
    expect(await tabs.oneAtATime(async () => 7)).toBe(7);
    tabs.close();
  });
});

function alone(): Tabs {
  return { tell: () => undefined, close: () => undefined, oneAtATime: (task) => task() };
}

function hide(...names: string[]): void {
  for (const name of names) {
    const own = Object.getOwnPropertyDescriptor(globalThis, name)!;
    Object.defineProperty(globalThis, name, { value: undefined, configurable: true });
    onTestFinished(() => void Object.defineProperty(globalThis, name, own));
  }
}
