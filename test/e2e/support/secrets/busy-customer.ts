import { FORMATS, type WireFormat } from '@schoolbell/formats';
import { generate } from 'selfsigned';
import { type ApiClient, apiClient, eventually, type Schoolbell } from '../../../support/index.js';
import type { HeardAnswers } from './heard-answers.js';
import { markedSecret, markedToken } from './known-secrets.js';

type Kind = WireFormat['authentications'][number];

interface Webhook {
  id: string;
}

interface ReceiversOfSecrets {
  /** An address that echoes everything that it is sent. */
  echoUrl: string;
  /** The same, but it refuses. */
  refusingUrl: string;
  tokenUrl: string;
  /** An address where nobody listens. */
  deadUrl: string;
}

/** A customer who uses every format with every kind of authentication, and for whom most things go wrong. */
export class BusyCustomer {
  private readonly api: ApiClient;
  private readonly runtime: ApiClient;

  constructor(
    { apiUrl, tenantKey, platformKey, tenantId }: Schoolbell,
    private readonly receivers: ReceiversOfSecrets,
    private readonly heard: HeardAnswers,
  ) {
    this.api = apiClient(apiUrl, tenantKey);
    this.runtime = apiClient(apiUrl, platformKey, { 'x-tenant-id': tenantId });
  }

  async isBusy(): Promise<void> {
    const webhooks = await this.webhooksOfAllKinds();
    await this.rotatesSecrets(webhooks.slice(0, 4));
    await this.changesSecrets(webhooks[0]!);
    await this.makesMistakes();
    await this.post('/v1/api-keys', { name: 'another', permissions: ['events:read'] });
    await this.reports();
    await this.tests(webhooks[1]!);
    await eventually(() => this.nothingWaits(), { timeoutMs: 60_000, intervalMs: 200 });
  }

  async webhook(settings: object): Promise<Webhook> {
    return this.post('/v1/webhooks', {
      url: this.receivers.echoUrl,
      events: ['session.completed'],
      retrySchedule: [1],
      ...settings,
    });
  }

  private async webhooksOfAllKinds(): Promise<Webhook[]> {
    const { refusingUrl, deadUrl, echoUrl } = this.receivers;
    const all: Webhook[] = [];
    for (const format of FORMATS) {
      for (const kind of format.authentications) {
        all.push(await this.webhook(this.settingsOf(format, kind)));
      }
    }
    const basic = this.authentication('basic');
    const failing = { authentication: basic, headers: SENSITIVE, fallbackUrl: echoUrl };
    await this.webhook({ ...failing, url: refusingUrl, autoPauseAfter: 0 });
    await this.webhook({ ...failing, url: `${deadUrl}?key=${markedToken('query')}` });
    await this.webhook({ format: 'standard-webhooks', signing: 'ed25519' });
    await this.webhook({ format: 'docebo', authentication: basic, delivery: BATCH });
    await this.webhook({ clientCertificate: await this.clientCertificate() });
    await this.webhook({ filter: '$error("no")', authentication: this.authentication('bearer') });
    return all;
  }

  private settingsOf({ name, templated, standardSecrets }: WireFormat, kind: Kind): object {
    const secret = Buffer.from(markedToken(`${name}-${kind}`).padEnd(32, 'x')).toString('base64');
    return {
      format: name,
      authentication: this.authentication(kind),
      headers: SENSITIVE,
      secret: standardSecrets ? `whsec_${secret}` : markedToken(`${name}-${kind}`),
      ...(templated && { template: '{"learner": data.learnerId}' }),
    };
  }

  private authentication(type: Kind): object {
    const username = 'somebody';
    const credentials = { username, password: markedSecret('password') };
    const { tokenUrl } = this.receivers;
    switch (type) {
      case 'basic':
      case 'form':
        return { type, ...credentials };
      case 'bearer':
        return { type, token: markedToken('bearer') };
      case 'oauth2':
        return { type, tokenUrl, clientId: username, clientSecret: markedSecret('client') };
      case 'signature':
      case 'none':
        return { type };
    }
  }

  /** A marker does not fit into a key, so the search is for a line of the key. */
  private async clientCertificate(): Promise<object> {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'sender' }]);
    this.heard.knows('the key of a client certificate', key.split(/\r?\n/)[2]!);
    return { certificate: cert, key };
  }

  private async rotatesSecrets(webhooks: Webhook[]): Promise<void> {
    for (const { id } of webhooks) {
      await this.post(`/v1/webhooks/${id}/secret/rotate`, { overlapSeconds: 3600 });
    }
  }

  private async changesSecrets({ id }: Webhook): Promise<void> {
    const authentication = this.authentication('bearer');
    await this.patch(`/v1/webhooks/${id}`, { authentication, headers: SENSITIVE });
  }

  /** Puts secrets into refused requests: an answer or a log that quotes them would reveal them. */
  private async makesMistakes(): Promise<void> {
    const secret = markedSecret('mistake');
    const url = `https://somebody:${markedToken('userinfo')}@example.com/`;
    await this.post('/v1/webhooks', { url, events: ['*'] });
    await this.post('/v1/webhooks', { url: 1, secret, events: [] });
    await this.post('/v1/webhooks', `{"secret": ${JSON.stringify(secret)}, `);
    await this.post('/v1/webhooks', {
      url: 'https://example.com/',
      events: ['*'],
      secret: 'short',
    });
    await this.patch('/v1/webhooks/wh_nobody', { authentication: this.authentication('basic') });
    for (const key of [`sbk_${markedToken('key')}`, markedToken('jwt')]) {
      const { body } = await this.api.get('/v1/webhooks', { authorization: `Bearer ${key}` });
      this.heard.hear(body);
    }
  }

  private async reports(): Promise<void> {
    const about = { sessionId: 'ses_1', packageId: 'pkg_1', learnerId: 'lrn_1' };
    const data = { ...about, completionStatus: 'completed' };
    await this.runtime.post('/v1/events', { type: 'session.completed', data });
    const { body } = await this.runtime.post('/v1/scorm/launches', about);
    this.heard.hear(body);
    const cmi = { core: { lesson_status: 'completed' } };
    const committed = await this.api.post(new URL(body.commitUrl).pathname, { cmi });
    this.heard.hear(committed.body);
  }

  private async tests({ id }: Webhook): Promise<void> {
    await this.post(`/v1/webhooks/${id}/test`, {});
  }

  private async nothingWaits(): Promise<boolean> {
    const { body } = await this.api.get('/v1/deliveries?status=pending');
    return body.data.length === 0;
  }

  private async post(path: string, body: unknown): Promise<Webhook> {
    return this.heard.hear((await this.api.post(path, body)).body);
  }

  private async patch(path: string, body: unknown): Promise<void> {
    this.heard.hear((await this.api.patch(path, body)).body);
  }
}

const SENSITIVE = {
  'X-Api-Key': markedToken('header'),
  Cookie: markedToken('cookie'),
  'X-Environment': 'production',
};
const BATCH = { mode: 'batch', maxEvents: 2, intervalSeconds: 1 };
