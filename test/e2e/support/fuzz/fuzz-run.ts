import fc from 'fast-check';
import type { Schoolbell } from '../../../support/index.js';
import {
  bodyExampleOf,
  type OpenApiDocument,
  type OpenApiOperation,
  operationsOf,
} from '../openapi.js';
import type { JsonSchema } from '../../../../apps/api/src/testing/arbitrary-of-schema.js';
import { budget } from './fuzz-budget.js';
import { AnswerJudge } from './judge-answer.js';
import { KnownIds } from './known-ids.js';
import { signInForEach } from './people-of-run.js';
import { RawClient, type RawRequest } from './raw-request.js';
import type { RequestParts } from './requests-of.js';

/** Operations that are tried at the same time. */
const AT_A_TIME = 4;
/** Calls of `faultsOf` in the spec, which share the time of a long run. */
const SHARES = 6;

/** A walk through every operation in the OpenAPI document of a running installation. */
export class FuzzRun {
  readonly client: RawClient;
  readonly ids = new KnownIds();
  /** Operations that delete come last. */
  readonly operations: OpenApiOperation[];
  /** Operations that have answered with success. */
  readonly succeeded = new Set<OpenApiOperation>();
  private readonly judge: AnswerJudge;
  /** Tokens of users, by the operation that needs one. */
  private accessTokens = new Map<OpenApiOperation, string>();

  private constructor(
    private readonly schoolbell: Schoolbell,
    readonly document: OpenApiDocument,
  ) {
    this.client = new RawClient(schoolbell.apiUrl);
    this.judge = new AnswerJudge(document);
    this.operations = operationsOf(document).toSorted(
      (a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'),
    );
  }

  static async of(schoolbell: Schoolbell): Promise<FuzzRun> {
    const text = await (await fetch(`${schoolbell.apiUrl}/openapi.json`)).text();
    // The examples name a tenant, which is replaced by the tenant of the key.
    const own = text.replaceAll(/\bten_[a-z0-9]{26}\b/g, schoolbell.tenantId);
    const run = new FuzzRun(schoolbell, JSON.parse(own));
    run.accessTokens = await signInForEach(schoolbell, run.operations, run.ids);
    return run;
  }

  /** Creates things by the document's examples, until there is one for each id in a path. */
  async makeThings(): Promise<void> {
    for (const { path } of this.operations) {
      if (!path.includes('{') || this.ids.knows(path)) continue;
      const collection = path.slice(0, path.indexOf('/{'));
      for (const method of ['POST', 'GET']) await this.call(method, collection);
    }
  }

  /**
   * Tries requests on each operation.
   *
   * @param runs for each operation, in a short run
   * @returns for each operation the first request whose answer broke a rule
   */
  async faultsOf(
    made: (parts: RequestParts) => fc.Arbitrary<RawRequest>,
    runs: number,
    chosen: (operation: OpenApiOperation) => boolean = () => true,
  ): Promise<string[]> {
    const waiting = this.operations.filter(chosen);
    const limits = budget(runs, AT_A_TIME / SHARES / waiting.length);
    const faults: string[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const fault = await this.faultOf(next, made(this.partsOf(next)), limits);
        if (fault) faults.push(fault);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return faults;
  }

  /**
   * Headers of the principal that may do most with an operation: the tenant itself, or a user or the platform if only
   * they may call it.
   */
  headersOf(operation: OpenApiOperation): Record<string, string> {
    const { platformKey, tenantKey } = this.schoolbell;
    const permission = operation['x-permission'];
    if (permission === 'public') return {};
    if (permission === 'user') return bearer(this.accessTokens.get(operation)!);
    return { 'X-API-Key': permission.startsWith('platform') ? platformKey : tenantKey };
  }

  private async call(method: string, path: string): Promise<void> {
    const about = this.operations.find((one) => one.path === path && one.method === method);
    if (!about) return;
    const body = bodyExampleOf(about);
    const answer = await this.client.send({
      method,
      target: path,
      headers: { ...this.headersOf(about), 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status < 300) this.ids.learn(about, JSON.parse(answer.text));
  }

  private partsOf(operation: OpenApiOperation): RequestParts {
    const { schemas } = this.document.components;
    return {
      operation,
      resolve: (reference) => schemas[reference.split('/').at(-1)!] as JsonSchema,
      ids: this.ids.of(operation.path),
      headers: this.headersOf(operation),
    };
  }

  private async faultOf(
    operation: OpenApiOperation,
    requests: fc.Arbitrary<RawRequest>,
    limits: ReturnType<typeof budget>,
  ): Promise<string | undefined> {
    const property = fc.asyncProperty(requests, async (request) => {
      const answer = await this.client.send(request);
      const fault = this.judge.faultOf(operation, answer);
      if (fault) throw new Error(fault);
      if (answer.status >= 300) return;
      this.succeeded.add(operation);
      if (answer.text.startsWith('{')) this.ids.learn(operation, JSON.parse(answer.text));
    });
    const { failed, counterexample, errorInstance, seed } = await fc.check(property, limits);
    if (!failed) return undefined;
    const what = `${operation.method} ${operation.path}: ${errorInstance}`;
    return `${what}\n${shown(counterexample![0])}\nFUZZ_SEED=${seed}`;
  }
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

function shown({ method, target, headers, body }: RawRequest): string {
  const text = typeof body === 'string' ? body : body?.toString('latin1');
  const parts = [target, JSON.stringify(headers), text ?? ''];
  return [method, ...parts.map((part) => part.slice(0, 500))].join(' ');
}
