import { expect, it } from 'vitest';
import { databaseFaultInWords } from './database-fault-in-words.js';

const URL = 'postgresql://schoolbell:secret@postgres.internal:5432/schoolbell';

it.each(['read-only', 'The address of Postgres leads to a standby, which takes no writes.'])(
  'says "%s" as one sentence, without the password',
  (message) => {
    const fault = databaseFaultInWords(Object.assign(new Error(message), { code: '25006' }), URL);
    expect((fault as Error).message).toBe(
      `The database "schoolbell" at postgres.internal:5432 (DATABASE_URL) cannot be used: ${message.replace(/\.$/, '')}.`,
    );
  },
);
