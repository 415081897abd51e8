import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { apiClient, type ApiClient } from '../../support/index.js';

interface ScormEvent {
  type: string;
  data: Record<string, unknown>;
}

/** A recorded request of scorm-again 3.4.3, and the events that must follow from it. */
export interface ScormStep {
  launchId: string;
  attempt: number;
  contentType: string;
  body: string;
  expect: ScormEvent[];
}

interface ScormVectors {
  answer: { status: number; body: string };
  refused: { contentType: string; body: string }[];
  cases: { case: string; steps: ScormStep[] }[];
}

const VECTORS = new URL('../../../libs/scorm/src/vectors.json', import.meta.url);

export const SCORM_VECTORS = JSON.parse(readFileSync(VECTORS, 'utf8')) as ScormVectors;

/** What a player takes as success, byte for byte. */
export const TAKEN = { status: 200, text: SCORM_VECTORS.answer.body };

export const ORIGIN = 'https://lms.example.com';

/** A commit of SCORM 1.2. */
export const cmi12 = (status: string, more: object = {}): object => ({
  cmi: { core: { lesson_status: status, score: { raw: '', min: '', max: '100' } } },
  ...more,
});

/** How a page sends: `fetch` and `XMLHttpRequest` declare JSON, a beacon declares text. */
interface PageCommit {
  body?: unknown;
  contentType?: string;
  origin?: string;
  method?: string;
  headers?: Record<string, string>;
}

/** An answer, unparsed. */
export interface PageAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** Commits as a player's page does: without any key. */
export async function commitOfPage(url: string, commit: PageCommit = {}): Promise<PageAnswer> {
  const { body, contentType = 'application/json;charset=UTF-8', origin, method = 'POST' } = commit;
  const response = await fetch(url, {
    method,
    headers: {
      ...(method === 'POST' && contentType !== '' && { 'Content-Type': contentType }),
      ...(origin !== undefined && { Origin: origin }),
      ...commit.headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A runtime that opens sessions of a tenant, each new. */
export class ScormRuntime {
  readonly api: ApiClient;

  constructor(apiUrl: string, key: string) {
    this.api = apiClient(apiUrl, key);
  }

  newSession(more: object = {}) {
    return {
      sessionId: `ses_${randomUUID()}`,
      packageId: 'pkg_def456',
      learnerId: 'learner-42',
      ...more,
    };
  }

  /** @returns the URL to which its page commits */
  async launch(session: object, headers?: Record<string, string>): Promise<string> {
    const { status, body } = await this.api.post('/v1/scorm/launches', session, headers);
    if (status !== 201) throw new Error(`No launch: ${status} ${JSON.stringify(body)}`);
    return body.commitUrl;
  }

  commit(session: object, commit: object, more: object = {}) {
    return this.api.post('/v1/scorm/commits', { ...session, commit, ...more });
  }

  async session(sessionId: string) {
    return (await this.api.get(`/v1/scorm/sessions/${encodeURIComponent(sessionId)}`)).body;
  }

  /** The events of a session so far, in order, with their data. */
  async eventsOf(sessionId: string): Promise<ScormEvent[]> {
    const { events } = await this.session(sessionId);
    return Promise.all(
      events.map(async ({ id }: { id: string }) => {
        const { type, data } = (await this.api.get(`/v1/events/${id}`)).body;
        return { type, data };
      }),
    );
  }

  async typesOf(sessionId: string): Promise<string[]> {
    return (await this.session(sessionId)).events.map(({ type }: ScormEvent) => type.slice(8));
  }
}
