import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ERROR_CODES, type ErrorCode } from '../../../../apps/api/src/http/error-codes.js';
import type { OpenApiDocument, OpenApiOperation } from '../openapi.js';
import type { RawAnswer } from './raw-request.js';

/** Errors of requests that Node refuses before their operation is known. */
const BEFORE_ANY_OPERATION: readonly string[] = ['headers_too_large', 'request_timeout'];

/** Signs of how the product is built: stack traces, file names, the database's own messages. */
const INTERNAL =
  /node_modules|\.[cm]?[jt]s:\d|\bat \S+ \(|prisma|postgres|PG::|\bSELECT\b|relation "|constraint "|violates|invalid input syntax|ECONNREFUSED|\/(home|work|tmp|usr)\//i;

/** Says what is wrong with an answer, according to the OpenAPI document. */
export class AnswerJudge {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<object, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addFormat('iana-time-zone', true);
    this.ajv.addSchema({ ...document, $id: 'openapi' });
  }

  /** @returns undefined if the answer keeps the document's promises */
  faultOf(operation: OpenApiOperation, answer: RawAnswer): string | undefined {
    const { status, contentType, text } = answer;
    if (status >= 400) {
      const fault = faultOfProblem(answer);
      if (fault) return fault;
      const { code } = JSON.parse(text) as { code: string };
      if (BEFORE_ANY_OPERATION.includes(code)) return undefined;
      if (!operation['x-error-codes'].includes(code)) return `${code} is not documented`;
    }
    const response = operation.responses[status];
    if (!response) return `${status} is not documented`;
    if (!response.content) return text === '' ? undefined : `${status} has a body: ${text}`;
    const type = contentType.split(';', 1)[0]!;
    const media = response.content[type];
    if (!media) return `${status} as ${type} is not documented`;
    // Streams and pages are not described by a schema.
    if (!type.endsWith('json')) return undefined;
    const fits = this.validatorOf(media.schema);
    return fits(JSON.parse(text))
      ? undefined
      : `${status} does not fit its schema: ${this.ajv.errorsText(fits.errors)}`;
  }

  /** Makes references absolute, so that they lead into the document wherever the schema stands. */
  private validatorOf(schema: object): ValidateFunction {
    const known = this.compiled.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components');
    const validate = this.ajv.compile(JSON.parse(text) as object);
    this.compiled.set(schema, validate);
    return validate;
  }
}

/** The rules for every answer with a status from 400 on, whatever was asked for. */
export function faultOfProblem({ status, contentType, text }: RawAnswer): string | undefined {
  if (status === 500) return `500: ${text}`;
  if (!contentType.startsWith('application/problem+json')) return `${status} as ${contentType}`;
  const problem = JSON.parse(text) as { code: ErrorCode; status: number; requestId: string };
  const entry = ERROR_CODES[problem.code];
  if (entry?.status !== status || problem.status !== status)
    return `${status} with ${problem.code}`;
  if (!problem.requestId) return 'no requestId';
  return INTERNAL.test(text) ? `tells how it is built: ${text}` : undefined;
}
