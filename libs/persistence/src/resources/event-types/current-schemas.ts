import type { Database } from '../../database/database.js';
import { runPrepared } from '../../database/run-prepared.js';

/** The schema by which events of a type are checked now. */
export interface CurrentSchema {
  /** Of the type. */
  id: string;
  version: number;
  /** JSON text. */
  schema: string;
}

export interface SchemaQuestion {
  tenantId: string;
  type: string;
  /** What was found before: its text is not read again. */
  known?: CurrentSchema | undefined;
}

interface Row {
  position: number;
  id: string;
  version: number;
  /** Null when it is the one that is known. */
  schema: string | null;
}

const CURRENT_SCHEMAS = `
SELECT k.position::integer AS position, t.id, t.version,
  CASE WHEN t.id = k.id AND t.version = k.version THEN NULL ELSE t.schema END AS schema
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::integer[])
  WITH ORDINALITY AS k (tenant_id, type, id, version, position)
CROSS JOIN LATERAL (
  SELECT t.id, t.version, t.schema FROM event_types t
  WHERE t.type = k.type AND t.deleted_at IS NULL AND (t.tenant_id = k.tenant_id OR t.tenant_id IS NULL)
  ORDER BY t.tenant_id NULLS LAST LIMIT 1) t`;

/** Reads schemas while events wait to be accepted: by key, on connections that nothing slow may use. */
export class CurrentSchemas {
  constructor(private readonly db: Pick<Database, 'authPool'>) {}

  /** In the order of the questions; `undefined` for a type that the tenant does not have. */
  async read(questions: readonly SchemaQuestion[]): Promise<(CurrentSchema | undefined)[]> {
    const rows = await runPrepared<Row>(this.db.authPool, {
      name: 'current-schemas',
      text: CURRENT_SCHEMAS,
      values: [
        questions.map(({ tenantId }) => tenantId),
        questions.map(({ type }) => type),
        questions.map(({ known }) => known?.id ?? null),
        questions.map(({ known }) => known?.version ?? null),
      ],
    });
    const found: (CurrentSchema | undefined)[] = questions.map(() => undefined);
    for (const { position, id, version, schema } of rows) {
      const { known } = questions[position - 1]!;
      found[position - 1] = schema === null ? known : { id, version, schema };
    }
    return found;
  }
}
