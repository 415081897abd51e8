import type { Pool, QueryResultRow } from 'pg';
import type { Database } from '../../database/database.js';
import { runPrepared } from '../../database/run-prepared.js';
import {
  ENROL_DISPATCHER,
  IS_DISPATCHER_CONNECTED,
  OTHER_DISPATCHERS,
  SEE_DISPATCHER,
  STRIKE_OFF_DISPATCHER,
} from './dispatcher-statements.js';

/** One run of a dispatcher, as it describes itself. */
export interface DispatcherRun {
  /** The holder that its leases name. */
  id: string;
  /** Two runs with the same name never run at the same time. */
  name: string | null;
  /** The machine and namespace in which its process id is valid; null where processes cannot be looked up. */
  machine: string | null;
  pid: number;
  /** Tells the process from a later one with the same id. */
  processStarted: string | null;
}

/** A run about which this one can tell whether it has ended. */
export interface OtherRun extends Pick<DispatcherRun, 'id' | 'pid' | 'processStarted'> {
  /** It had the name of this run before. */
  isPredecessor: boolean;
  onSameMachine: boolean;
}

/** What `pg_stat_activity` shows of the connections of a dispatcher. */
export function dispatcherApplicationName(id: string): string {
  return `schoolbell-dispatcher ${id}`;
}

/** The runs of dispatchers on this database, which tell each other where they run. */
export class DispatcherRegister {
  private readonly pool: Pool;

  constructor(
    db: Pick<Database, 'maintenancePool'>,
    private readonly own: DispatcherRun,
  ) {
    this.pool = db.maintenancePool;
  }

  /** Writes this run down; a second time changes nothing. */
  async enrol(): Promise<void> {
    const { id, name, machine, pid, processStarted } = this.own;
    await this.run('enrol_dispatcher', ENROL_DISPATCHER, [id, name, machine, pid, processStarted]);
  }

  /** Says that this run goes on, and deletes runs that have said nothing for a day. */
  async see(): Promise<void> {
    await this.run('see_dispatcher', SEE_DISPATCHER, [this.own.id]);
  }

  async others(): Promise<OtherRun[]> {
    const { id, name, machine } = this.own;
    return this.run<OtherRun>('other_dispatchers', OTHER_DISPATCHERS, [id, name, machine]);
  }

  /** Whether Postgres still has a session of it: it may still write something. */
  async isConnected(id: string): Promise<boolean> {
    const values = [dispatcherApplicationName(id)];
    const [row] = await this.run<{ connected: boolean }>(
      'is_dispatcher_connected',
      IS_DISPATCHER_CONNECTED,
      values,
    );
    return row!.connected;
  }

  /** For a run that has ended and left nothing behind. */
  async strikeOff(id: string): Promise<void> {
    await this.run('strike_off_dispatcher', STRIKE_OFF_DISPATCHER, [id]);
  }

  private run<Row extends QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<Row[]> {
    return runPrepared<Row>(this.pool, { name, text, values });
  }
}
