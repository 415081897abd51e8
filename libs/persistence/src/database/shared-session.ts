import { Client, type QueryConfig, type QueryResult } from 'pg';
import { settleTransaction, type SessionSettings } from './session-settings.js';

const BEGINS = /^\s*BEGIN\b/i;
const ENDS = /^\s*(COMMIT|ROLLBACK)\s*$/i;

type Statement = string | QueryConfig;
type Callback = (error: Error | undefined, result?: QueryResult) => void;

/**
 * Connections to a pooler that gives each transaction whichever session is free. What one sets there, others get, and
 * the next transaction has another session: so every transaction begins by setting what its pool needs, for itself
 * alone, and a single statement gets a transaction of its own, sent in one go. That takes Postgres some 50 µs.
 */
export function sharedSessionsWith(settings: SessionSettings): typeof Client {
  const settling = settleTransaction(settings);
  return class SharedSession extends Client {
    private inTransaction = false;

    /** In all the ways in which `pg` is called. */
    override query(statement: never, values?: unknown, callback?: unknown): never {
      const last = (callback ?? values) as Callback | undefined;
      const answer = this.answer(statement, Array.isArray(values) ? values : undefined);
      if (typeof last !== 'function') return answer as never;
      answer.then((result) => last(undefined, result), last);
      return undefined as never;
    }

    private answer(statement: Statement, values: unknown[] | undefined): Promise<QueryResult> {
      const text = typeof statement === 'string' ? statement : statement.text;
      if (BEGINS.test(text)) {
        this.inTransaction = true;
        return super.query(`${text}; ${settling}`);
      }
      if (ENDS.test(text)) this.inTransaction = false;
      else if (!this.inTransaction) return this.alone(statement, values);
      return super.query(statement, values);
    }

    /** The three are sent at once; it has committed when all are answered. */
    private async alone(statement: Statement, values: unknown[] | undefined): Promise<QueryResult> {
      const [began, answered, ended] = await Promise.allSettled([
        super.query(`BEGIN; ${settling}`),
        super.query(statement, values),
        super.query('COMMIT'),
      ]);
      for (const outcome of [began, answered, ended]) {
        if (outcome.status === 'rejected') throw outcome.reason;
      }
      return (answered as PromiseFulfilledResult<QueryResult>).value;
    }
  };
}
