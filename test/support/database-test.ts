import { it } from 'vitest';
import { closing } from './closing.js';
import { createDatabase } from './create-database.js';

/** A test with a migrated `database`, which is empty at first and shared by the tests of a file. */
export const databaseTest = it.extend(
  'database',
  { scope: 'file' },
  closing(async () => {
    const database = await createDatabase();
    return { ...database, close: () => database.drop() };
  }),
);
