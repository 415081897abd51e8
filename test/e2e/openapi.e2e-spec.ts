import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../apps/api/src/http/error-codes.js';
import { PERMISSIONS } from '@schoolbell/identity';
import {
  bodyExampleOf,
  type Media,
  type OpenApiDocument,
  type OpenApiOperation,
  openApiOf,
  operationsOf,
} from './support/openapi.js';
import { type ApiUnderTest, startApi } from './support/start-api.js';

let api: ApiUnderTest;
let document: OpenApiDocument;
let operations: OpenApiOperation[];

beforeAll(async () => {
  api = await startApi();
  document = await openApiOf(api);
  operations = operationsOf(document);
});
afterAll(() => api.stop());

const nameOf = ({ method, path }: OpenApiOperation) => `${method} ${path}`;

/** The operations that break a rule, of which there should be none. */
const offenders = (rule: (operation: OpenApiOperation) => boolean) =>
  operations.filter((operation) => !rule(operation)).map(nameOf);

describe('the OpenAPI document', () => {
  it('is version 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(operations.length).toBeGreaterThan(15);
  });

  it('gives every operation an id of its own and a summary', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    // A verb and a noun: the method names of generated clients.
    for (const id of ids) expect(id).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
    expect(ids).toEqual(expect.arrayContaining(['getDelivery', 'listDeliveries', 'createWebhook']));
    expect(offenders(({ summary }) => summary.length > 5)).toEqual([]);
  });

  it('names the permission of every operation, and asks for a key where it is not public', () => {
    const known = ['any', 'user', 'public', ...PERMISSIONS];
    expect(offenders((operation) => known.includes(operation['x-permission']))).toEqual([]);
    expect(
      offenders((operation) => (operation['x-permission'] === 'public') === !operation.security),
    ).toEqual([]);
  });

  it('lists the errors of every operation by their stable codes', () => {
    expect(
      offenders((operation) => {
        const codes = operation['x-error-codes'] as (keyof typeof ERROR_CODES)[];
        return (
          codes.length > 0 && codes.every((code) => ERROR_CODES[code].status in operation.responses)
        );
      }),
    ).toEqual([]);
  });

  it.each([
    ['a key of another tenant than the named one', 'tenant', 'another', undefined],
    ['a tenant that does not exist', 'platform', 'ten_nonsense', undefined],
    ['a body that is no JSON', 'tenant', undefined, 'application/json'],
    ['a body of another type', 'tenant', undefined, 'text/plain'],
  ])('lists what every operation answers to %s', async (_what, who, named, type) => {
    const [tenant, other] = [await api.addTenant(), await api.addTenant()];
    const guarded = operations.filter(
      ({ method, security }) => security && !(type && method === 'GET'),
    );
    for (const operation of guarded) {
      const answer = await fetch(api.url + operation.path.replaceAll(/{\w+}/g, 'x'), {
        method: operation.method,
        headers: {
          'X-API-Key': who === 'tenant' ? tenant.tenantKey : api.platformKey,
          ...(named && { 'X-Tenant-Id': named === 'another' ? other.tenantId : named }),
          ...(type && { 'Content-Type': type }),
        },
        ...(type && { body: '{' }),
      });
      const { code } = (await answer.json()) as { code: string };
      expect(operation['x-error-codes'], `${nameOf(operation)}: ${code}`).toContain(code);
      expect(operation.responses).toHaveProperty(String(answer.status));
    }
  });

  it('shows an example of every answer with a body, and of every body', () => {
    const shown = (media: Media) => media.example !== undefined || media.examples !== undefined;
    expect(
      offenders(({ responses }) =>
        Object.values(responses)
          .flatMap(({ content }) => Object.values(content ?? {}))
          .every(shown),
      ),
    ).toEqual([]);
    expect(offenders((op) => !op.requestBody || bodyExampleOf(op) !== undefined)).toEqual([]);
  });

  it('declares every parameter of every path', () => {
    expect(
      offenders(({ path, parameters }) => {
        const inPath = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name);
        const declared = parameters.filter((p) => p.in === 'path').map(({ name }) => name);
        return inPath.join() === declared.join();
      }),
    ).toEqual([]);
  });

  it('refers to nothing that it does not contain', () => {
    const references = JSON.stringify(document).matchAll(
      /"\$ref":"#\/components\/schemas\/([^"]+)"/g,
    );
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!);
  });

  it('has schemas of JSON Schema 2020-12, and examples that fit them', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('iana-time-zone', true);
    ajv.addSchema({ ...document, $id: 'openapi' });
    const faults = operations.flatMap((operation) =>
      mediaOf(operation).flatMap(({ schema, examples }) => {
        const validate = ajv.compile(absolute(schema));
        return examples
          .filter((example) => !validate(example))
          .map(() => `${nameOf(operation)}: ${ajv.errorsText(validate.errors)}`);
      }),
    );
    expect(faults).toEqual([]);
  });

  it('says nothing in the words of OpenAPI 3.0', () => {
    expect(JSON.stringify(document)).not.toContain('"nullable"');
  });
});

describe('the pages for people', () => {
  it('are where a browser ends up that opens the bare address', async () => {
    const answer = await fetch(`${api.url}/`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/docs');
  });

  it('are served without a key, and load nothing from elsewhere', async () => {
    for (const path of ['/docs', '/docs/errors']) {
      const { status, headers, body } = await api.stranger.get(path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('text/html');
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      const loaded = [...body.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/g)];
      for (const [, url] of loaded) {
        const asset = new URL(url, `${api.url}${path}`);
        expect(asset.origin).toBe(api.url);
        expect((await api.stranger.get(asset.pathname)).status, asset.pathname).toBe(200);
      }
      expect(body).not.toMatch(/<script(?![^>]*src=)[^>]*>[^<]/);
    }
  });

  it('explain every error code', async () => {
    const { body } = await api.stranger.get('/docs/errors');
    for (const code of Object.keys(ERROR_CODES)) expect(body).toContain(`id="${code}"`);
  });
});

function mediaOf(operation: OpenApiOperation): { schema: object; examples: unknown[] }[] {
  const answers = Object.values(operation.responses).flatMap(({ content }) =>
    Object.values(content ?? {}),
  );
  const bodies = Object.values(operation.requestBody?.content ?? {});
  return [...answers, ...bodies].map(({ schema, example, examples }) => ({
    schema,
    examples: [
      ...(example === undefined ? [] : [example]),
      ...Object.values(examples ?? {}).map(({ value }) => value),
    ],
  }));
}

/** Makes references absolute, so that they lead into the document wherever the schema stands. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components'));
}
