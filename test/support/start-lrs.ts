import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.js';
import { checkCredentials, type LrsCredentials } from './lrs/check-credentials.js';
import type { LrsVersion } from './lrs/negotiate-version.js';
import { Resources, type LrsAnswer } from './lrs/resources.js';
import type { Statement } from './lrs/statement.js';
import { StatementStore } from './lrs/statement-store.js';
import { answer, receive, type ReceivedRequest, type Reply } from './start-receiver.js';

export type { LrsVersion } from './lrs/negotiate-version.js';
export type { Statement as LrsStatement } from './lrs/statement.js';

export interface LrsOptions extends Partial<LrsCredentials> {
  /** The versions that it supports; default both. */
  versions?: readonly LrsVersion[];
  /** A larger body is answered with 413. Bytes; default 1 MiB. */
  maxBytes?: number;
  /** Whether to answer 409 also to the identical statement, as the specification allows. */
  refusesRepeats?: boolean;
}

/** How the LRS treats a request, instead of answering as it should. */
export type LrsReply =
  | Reply
  /** Its own answer, delayed. */
  | { delayMs: number }
  /** It does what is asked, but its answer is lost on the way. */
  | { instead: Reply };

/** A Learning Record Store on its own port: a real HTTP server that refuses what the specification refuses. */
export interface Lrs {
  /** The endpoint, as a customer registers it: `http://127.0.0.1:<port>/xapi` */
  url: string;
  username: string;
  password: string;
  /** The stored statements, in the order in which they came. */
  readonly statements: Statement[];
  /** All requests, in the order of arrival. */
  requests: ReceivedRequest[];
  /** Sets how the next requests are treated, one each. */
  answerNext(...replies: LrsReply[]): void;
  /** Resolves to the first `count` statements once they are stored. */
  waitForStatements(count: number, timeoutMs?: number): Promise<Statement[]>;
  close(): Promise<void>;
}

const MEBIBYTE = 1024 * 1024;

/**
 * Starts an LRS of xAPI 1.0.3 and 2.0.0 with the resources that a sender of statements needs: `POST` and `GET` of
 * statements, and `about`. It has no attachments, filters, voiding or documents.
 */
export async function startLrs(options: LrsOptions = {}): Promise<Lrs> {
  const { username = 'key', password = 'secret', tokens = [] } = options;
  const { versions = ['1.0.3', '2.0.0'], maxBytes = MEBIBYTE, refusesRepeats = false } = options;
  const requests: ReceivedRequest[] = [];
  const script: LrsReply[] = [];
  const server = createServer((incoming, response) => void serve(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const account = { homePage: `http://127.0.0.1:${port}/`, name: username };
  const store = new StatementStore({ objectType: 'Agent', account }, refusesRepeats);
  const resources = new Resources(store, {
    versions,
    maxBytes,
    authenticate: (header) => checkCredentials(header, { username, password, tokens }),
  });

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(incoming);
    if (!request) return;
    requests.push(request);
    answer(
      response,
      replyTo(script.shift(), () => resources.answer(request)),
    );
  }

  return {
    url: `http://127.0.0.1:${port}/xapi`,
    username,
    password,
    get statements() {
      return store.all;
    },
    requests,
    answerNext: (...replies) => void script.push(...replies),
    waitForStatements: (count, timeoutMs) =>
      eventually(() => store.all.length >= count && store.all.slice(0, count), { timeoutMs }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

function replyTo(scripted: LrsReply | undefined, ownAnswer: () => LrsAnswer): Reply {
  if (scripted === undefined) return ownAnswer();
  if (typeof scripted !== 'object' || 'status' in scripted) return scripted;
  const own = ownAnswer();
  return 'instead' in scripted ? scripted.instead : { ...own, delayMs: scripted.delayMs };
}
