import type { ReceivedRequest } from '../start-receiver.js';
import { UUID } from './formats.js';
import { negotiateVersion, type LrsVersion } from './negotiate-version.js';
import { readStatements } from './read-statements.js';
import { Refusal } from './refusal.js';
import { statementFaults } from './statement-faults.js';
import type { StatementStore } from './statement-store.js';
import type { Statement } from './statement.js';

interface ResourcesOptions {
  versions: readonly LrsVersion[];
  maxBytes: number;
  /** @throws Refusal 401 */
  authenticate(authorization: string | undefined): void;
}

export interface LrsAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Parameters that are allowed beside `statementId` (xAPI 1.0.3, Communication 2.1.3). */
const PARAMETERS = new Set(['statementId', 'format', 'attachments']);

/** The LRS's answer to one request: `/xapi/about` and `/xapi/statements`. */
export class Resources {
  constructor(
    private readonly store: StatementStore,
    private readonly options: ResourcesOptions,
  ) {}

  answer(request: ReceivedRequest): LrsAnswer {
    const url = new URL(request.path, 'http://lrs');
    try {
      if (url.pathname === '/xapi/about') return this.about();
      if (url.pathname !== '/xapi/statements') throw new Refusal(404, 'no such resource');
      return this.onStatements(request, url.searchParams);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.reply(error.status, error.message, undefined, error.headers);
    }
  }

  /** Open to everybody, whatever version they speak. */
  private about(): LrsAnswer {
    return this.reply(200, { version: this.options.versions });
  }

  private onStatements(request: ReceivedRequest, parameters: URLSearchParams): LrsAnswer {
    const { headers, method } = request;
    const header = headers['x-experience-api-version'] as string | undefined;
    const version = negotiateVersion(header, this.options.versions);
    this.options.authenticate(headers.authorization);
    if (method === 'POST') return this.reply(200, this.post(request, version), version);
    if (method === 'GET') return this.reply(200, this.get(parameters), version);
    throw new Refusal(405, `${method} is not supported`, { Allow: 'GET, POST' });
  }

  private post({ rawBody, headers }: ReceivedRequest, version: LrsVersion): string[] {
    const { maxBytes } = this.options;
    if (rawBody.length > maxBytes) throw new Refusal(413, `more than ${maxBytes} bytes`);
    const received = readStatements(headers['content-type'], rawBody);
    const faults = received.flatMap((statement, i) =>
      statementFaults(statement, version).map((fault) => `[${i}] ${fault}`),
    );
    if (faults.length > 0) throw new Refusal(400, faults.join('\n'));
    return this.store.add(received as Statement[]);
  }

  private get(parameters: URLSearchParams): unknown {
    const unknown = [...parameters.keys()].filter((name) => !PARAMETERS.has(name));
    if (unknown.length > 0) throw new Refusal(400, `unknown parameters: ${unknown.join(', ')}`);
    const id = parameters.get('statementId');
    if (id === null) return { statements: this.store.all.toReversed(), more: '' };
    if (!UUID.test(id)) throw new Refusal(400, 'statementId is not a UUID');
    const statement = this.store.find(id);
    if (!statement) throw new Refusal(404, `no statement ${id}`);
    return statement;
  }

  /** Refusals name the newest version, unless the request's own is known. */
  private reply(
    status: number,
    content: unknown,
    version: LrsVersion = this.options.versions.at(-1)!,
    headers: Record<string, string> = {},
  ): LrsAnswer {
    const isText = typeof content === 'string';
    return {
      status,
      headers: {
        'Content-Type': isText ? 'text/plain; charset=utf-8' : 'application/json',
        'X-Experience-API-Version': version,
        'X-Experience-API-Consistent-Through': new Date().toISOString(),
        ...headers,
      },
      body: isText ? content : JSON.stringify(content),
    };
  }
}
