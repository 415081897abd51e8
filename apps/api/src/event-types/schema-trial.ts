import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { joinPath, schemaFaults, SchemaPool, type SchemaCheck } from '@schoolbell/schemas';
import { ApiError, type FieldError, validationFailed } from '../http/api-error.js';

const MAX_EXAMPLE_BYTES = 16_384;

/** Few types are registered, and no event waits for this pool. */
const IDLE_MS = 30_000;

/** Stands in for the platform where tenants take turns. */
const PLATFORM = 'platform';

/** Tries a schema with its example before it is registered, in a separate process. */
@Injectable()
export class SchemaTrial implements OnApplicationShutdown {
  private readonly pool = new SchemaPool({ idleMs: IDLE_MS });

  /**
   * @param owner UUID of a tenant; null: the platform
   * @returns both as JSON text, to be stored
   * @throws ApiError `validation_failed` unless the example fits the schema; `service_unavailable`
   */
  async run(
    owner: string | null,
    schema: unknown,
    example: unknown,
  ): Promise<{ schema: string; example: string }> {
    const faults = schemaFaults(schema, 'schema');
    if (faults.length > 0) throw validationFailed(faults);
    const texts = { schema: JSON.stringify(schema), example: JSON.stringify(example) };
    if (Buffer.byteLength(texts.example) > MAX_EXAMPLE_BYTES) throw exampleTooLarge();
    const check = await this.pool.check(owner ?? PLATFORM, texts.schema, texts.example);
    if (!check.ok) throw refused(check);
    return texts;
  }

  onApplicationShutdown(): void {
    this.pool.close();
  }
}

function exampleTooLarge(): ApiError {
  const message = `must not be larger than ${MAX_EXAMPLE_BYTES / 1024} KiB`;
  return validationFailed([{ path: 'example', message }]);
}

function refused({ fault, errors }: Extract<SchemaCheck, { ok: false }>): ApiError {
  if (fault === 'unavailable') return tooManyChecks();
  const where = fault === 'schema' ? 'schema' : 'example';
  return validationFailed(errors.map(({ path, message }) => at(where, path, message)));
}

function at(where: string, path: string, message: string): FieldError {
  return { path: joinPath(where, path), message };
}

/** @returns 503: it is unknown whether the data fits */
export function tooManyChecks(): ApiError {
  const detail =
    'The data was not checked by its schema in time, so nothing was stored. Try again.';
  return new ApiError('service_unavailable', detail, { headers: { 'Retry-After': '1' } });
}
