import { eventually, type TestDatabase } from '../../support/index.js';

/** Makes Postgres refuse writes. @returns a function that ends that */
type RefuseWrites = (database: TestDatabase) => Promise<() => Promise<void>>;

/** Read-only for new connections; the others are closed, as when a server is demoted. */
export const setReadOnly: RefuseWrites = async (database) => {
  const { pathname } = new URL(database.url);
  const set = async (value: 'on' | 'off'): Promise<void> => {
    await database.query(
      `BEGIN READ WRITE;
       ALTER DATABASE ${pathname.slice(1)} SET default_transaction_read_only = ${value};
       COMMIT`,
    );
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  };
  await set('on');
  return () => set('off');
};

/** Every row written to these tables fails with this error, as if their disk were full. */
export async function failWrites(
  database: TestDatabase,
  tables: readonly string[],
  code: string,
): Promise<() => Promise<void>> {
  await database.query(
    `CREATE OR REPLACE FUNCTION refuse_writes() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '${code}'; END $$`,
  );
  // It locks a table's partitions one by one, and may deadlock with those who write to them.
  const each = async (sql: (table: string) => string): Promise<void> => {
    for (const table of tables) await eventually(() => database.query(sql(table)));
  };
  await each(
    (table) => `CREATE TRIGGER refuse_writes BEFORE INSERT OR UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION refuse_writes()`,
  );
  return () => each((table) => `DROP TRIGGER refuse_writes ON ${table}`);
}
