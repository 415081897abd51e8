import { randomBytes } from 'node:crypto';
import { migrate } from '@schoolbell/persistence';
import { inject } from 'vitest';
import { databaseAt, type TestDatabase } from './create-database.js';

/** A migrated, empty database whose owner is not a superuser. */
export interface OwnedDatabase extends TestDatabase {
  /** The same database, as a superuser. */
  asSuperuser: TestDatabase;
}

/** Creates it as an operator would who grants Schoolbell no more than it needs. */
export async function createOwnedDatabase(): Promise<OwnedDatabase> {
  const { adminUrl } = inject('postgres');
  const admin = databaseAt(adminUrl);
  const name = `owned_${randomBytes(8).toString('hex')}`;
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}'`);
  await admin.query(`GRANT schoolbell_tenant TO ${name}`);
  await admin.query(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const asSuperuser = databaseAt(url.href);
  [url.username, url.password] = [name, name];
  await migrate(url.href);
  return {
    ...databaseAt(url.href),
    asSuperuser,
    drop: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.query(`DROP ROLE ${name}`);
    },
  };
}
