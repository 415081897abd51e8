import { Sandbox } from '@schoolbell/sandbox';
import { CHECKER } from './checker-program.js';
import {
  CHECK_DEADLINE_MS,
  CHECKER_IDLE_MS,
  COMPILE_DEADLINE_MS,
  MAX_WAITING_CHARACTERS,
  MAX_WAITING_CHARACTERS_OF_TENANT,
  MAX_WAITING_CHECKS,
} from './limits.js';
import type { CheckRequest, SchemaCheck } from './schema-check.js';

const DEADLINES = { compileMs: COMPILE_DEADLINE_MS, checkMs: CHECK_DEADLINE_MS };

/**
 * Checks data by JSON Schemas that customers wrote, in processes apart: a pattern that backtracks for years, or a
 * schema that refers to itself without end, holds up nobody but its tenant. A schema is compiled once by each
 * process that uses it.
 */
export class SchemaPool {
  private readonly sandbox: Sandbox<CheckRequest, SchemaCheck>;
  private waitingCharacters = 0;
  private readonly waitingOfTenant = new Map<string, number>();
  private closed = false;

  constructor({ idleMs = CHECKER_IDLE_MS } = {}) {
    this.sandbox = new Sandbox(CHECKER, {
      idleMs,
      deadlineMs: CHECK_DEADLINE_MS,
      maxWaitingPerKey: MAX_WAITING_CHECKS,
    });
  }

  /**
   * Never rejects. What is checked in the same turn of the event loop goes together.
   *
   * @param tenantId whose data it is: tenants take turns
   * @param schema JSON text without {@link schemaFaults}
   * @param data JSON text
   */
  async check(tenantId: string, schema: string, data: string): Promise<SchemaCheck> {
    if (this.isFullFor(tenantId) || this.closed) return CHECKER.lost.unavailable;
    this.wait(tenantId, data.length);
    try {
      return await this.sandbox.ask(tenantId, { schema, data, ...DEADLINES });
    } finally {
      this.wait(tenantId, -data.length);
    }
  }

  /** Whoever still waits, and whoever comes later, is answered `unavailable`. */
  close(): void {
    this.closed = true;
    this.sandbox.close();
  }

  private isFullFor(tenantId: string): boolean {
    const ofTenant = this.waitingOfTenant.get(tenantId) ?? 0;
    return (
      ofTenant > MAX_WAITING_CHARACTERS_OF_TENANT || this.waitingCharacters > MAX_WAITING_CHARACTERS
    );
  }

  /** Counts characters in, or out. */
  private wait(tenantId: string, characters: number): void {
    this.waitingCharacters += characters;
    const ofTenant = (this.waitingOfTenant.get(tenantId) ?? 0) + characters;
    if (ofTenant > 0) this.waitingOfTenant.set(tenantId, ofTenant);
    else this.waitingOfTenant.delete(tenantId);
  }
}
