import { toTypeId } from '@schoolbell/ids';
import { totpCode } from '@schoolbell/identity';
import { type ApiClient, apiClient, eventually, type Schoolbell } from '../../../support/index.js';
import { anEmail, linksOf } from '../accounts.js';
import { Browser } from '../people.js';
import type { HeardAnswers } from './heard-answers.js';
import { markedSecret, markedToken } from './known-secrets.js';

const STEP_MS = 30_000;
const FIRST = markedSecret('first password');

/** The users of a tenant, who do everything that users can with passwords, codes, links and sessions. */
export class BusyPeople {
  /** The tokens of their links: these appear in e-mails, and in what the platform is shown of them. */
  readonly links: string[] = [];
  private readonly owner: ApiClient;
  private readonly platform: ApiClient;
  private readonly ofTenant: { 'x-tenant-id': string };

  constructor(
    private readonly schoolbell: Schoolbell,
    private readonly heard: HeardAnswers,
  ) {
    const { apiUrl, tenantKey, platformKey } = schoolbell;
    this.owner = apiClient(apiUrl, tenantKey);
    this.platform = apiClient(apiUrl, platformKey);
    this.ofTenant = { 'x-tenant-id': toTypeId('tenant', schoolbell.tenantUuid) };
  }

  async areBusy(): Promise<void> {
    const email = await this.isAdded({ password: FIRST });
    const browser = await this.signsIn(email);
    await this.usesSecondFactor(email, browser);
    await this.forgetsPassword();
    await this.comesByInvitation();
    await this.makesMistakes(email);
  }

  private async isAdded(password: { password?: string }): Promise<string> {
    const person = { email: anEmail(), name: 'Ada', role: 'viewer', ...password };
    return this.heard.hear((await this.platform.post('/v1/users', person, this.ofTenant)).body)
      .email;
  }

  private async signsIn(email: string, code?: string): Promise<Browser> {
    const browser = new Browser(this.schoolbell.apiUrl);
    this.keep(browser, await browser.signIn({ email }, FIRST, code));
    return browser;
  }

  private async usesSecondFactor(email: string, browser: Browser): Promise<void> {
    const { api } = browser;
    const { secret } = this.heard.hear((await api.post('/v1/me/totp', { password: FIRST })).body);
    const code = (steps: number) => totpCode(secret, new Date(Date.now() + steps * STEP_MS));
    const confirmed = await api.post('/v1/me/totp/confirm', { code: code(-1) });
    const [recoveryCode] = this.heard.hear(confirmed.body).recoveryCodes;
    await this.signsIn(email, recoveryCode);
    const replaced = await api.post('/v1/me/totp/recovery-codes', {
      password: FIRST,
      code: code(0),
    });
    this.heard.hear(replaced.body);
    const change = { current: FIRST, password: markedSecret('second password') };
    this.heard.hear((await api.post('/v1/me/password', change)).body);
    await this.refreshes(browser);
  }

  /** Also with a copy of the browser, whose old token ends the session. */
  private async refreshes(browser: Browser): Promise<void> {
    const thief = browser.copy();
    for (let i = 0; i < 2; i++) {
      this.keep(browser, await browser.refresh());
      await browser.api.get('/v1/me');
    }
    this.keep(browser, await thief.refresh());
  }

  private async forgetsPassword(): Promise<void> {
    const email = await this.isAdded({ password: FIRST });
    const browser = new Browser(this.schoolbell.apiUrl);
    await browser.post('/v1/auth/password/forgot', { email });
    const choice = { token: await this.linkTo(email), password: markedSecret('reset password') };
    this.keep(browser, await browser.post('/v1/auth/password/reset', choice));
    this.keep(browser, await browser.signOut());
  }

  private async comesByInvitation(): Promise<void> {
    await this.linkTo(await this.isAdded({}));
    const token = await this.linkTo(await this.isAdded({}));
    const browser = new Browser(this.schoolbell.apiUrl);
    const choice = { token, password: markedSecret('chosen password'), name: 'Ada' };
    this.keep(browser, await browser.post('/v1/auth/invitations/accept', choice));
  }

  /** Puts secrets into refused requests. */
  private async makesMistakes(email: string): Promise<void> {
    const browser = new Browser(this.schoolbell.apiUrl);
    browser.cookies.set('schoolbell_refresh', markedToken('refresh'));
    const password = markedSecret('mistyped password');
    const token = markedToken('link');
    const answers = [
      await browser.refresh(),
      await browser.signIn({ email }, password),
      await browser.signIn({ email }, markedSecret('second password'), markedToken('code')),
      await browser.post('/v1/auth/login', `{"password": ${JSON.stringify(password)}, `),
      await browser.post('/v1/auth/login', { email: password, password: [password] }),
      await browser.post('/v1/auth/password/reset', { token, password }),
      await browser.post(`/v1/auth/invitations/accept?token=${token}`, { token, password: email }),
      await this.owner.post('/v1/users', { email, name: 'B', role: 'viewer', password }),
      await this.owner.post('/v1/users', { email: anEmail(), password }),
    ];
    for (const { body } of answers) this.heard.hear(body);
  }

  private async linkTo(email: string): Promise<string> {
    const { platform } = this;
    const link = await eventually(async () => (await linksOf({ platform }, email))[0] ?? false);
    this.links.push(link);
    return link;
  }

  /** Keeps what a browser got, cookies included. */
  private keep({ cookies }: Browser, { body }: { body: unknown }): void {
    this.heard.hear(body);
    for (const [name, value] of cookies) this.heard.knows(name, value);
  }
}
