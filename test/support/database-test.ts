import { it } from 'vitest';
import { closing } from './closing.js';
import { createDatabase } from './create-database.js';

/** A test with a migrated `database`, which is empty at first and which the tests of its file share. */
export const databaseTest = it.extend(
  'database',
  { scope: 'file' },
  closing(async () => {
    const database = await createDatabase();
    return { ...database, close: () => database.drop() };
  }),
);
