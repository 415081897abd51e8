import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.js';
import { isSameForLrs } from './same-statement.js';
import type { Actor, Statement } from './statement.js';

/** The statements of an LRS, in the order in which they were stored. */
export class StatementStore {
  private readonly byId = new Map<string, Statement>();

  constructor(
    private readonly authority: Actor,
    private readonly refusesRepeats: boolean,
  ) {}

  get all(): Statement[] {
    return [...this.byId.values()];
  }

  find(id: string): Statement | undefined {
    return this.byId.get(id.toLowerCase());
  }

  /**
   * Stores all statements or none.
   *
   * @returns their ids, in order
   * @throws Refusal 400 when two have the same id; 409 when another statement with an id is stored already
   */
  add(statements: readonly Statement[]): string[] {
    const given = statements.flatMap(({ id }) => id?.toLowerCase() ?? []);
    if (new Set(given).size < given.length) throw new Refusal(400, 'two statements have one id');
    const conflict = statements.find((statement) => this.conflicts(statement));
    if (conflict) throw new Refusal(409, `statement ${conflict.id} is stored already`);
    return statements.map((statement) => this.keep(statement));
  }

  private conflicts(statement: Statement): boolean {
    const stored = statement.id && this.find(statement.id);
    return !!stored && (this.refusesRepeats || !isSameForLrs(stored, statement));
  }

  private keep(statement: Statement): string {
    const id = statement.id?.toLowerCase() ?? randomUUID();
    if (this.byId.has(id)) return id;
    const stored = new Date().toISOString();
    this.byId.set(id, {
      version: '1.0.0',
      timestamp: stored,
      ...statement,
      id,
      stored,
      authority: this.authority,
    });
    return id;
  }
}
