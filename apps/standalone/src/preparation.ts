import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Credentials, CredentialsOptions } from './credentials.js';
import { OperatorError, type OperatorFault } from '@schoolbell/process';

const STOP_WITH_PARENT = join(import.meta.dirname, 'stop-with-parent.js');
const PROGRAM = join(import.meta.dirname, '../../../bundles/prepare-database.js');

/** The message that the process ends with. */
export type Prepared =
  | { credentials: Credentials }
  | { operatorError: { code: OperatorFault; message: string } }
  | { stack: string };

/**
 * Migrations, keys and credentials, in a process that ends after them: it needs a hundred MiB, which an instance that
 * runs for months would not give back.
 */
export class Preparation {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  /** Starts the process, which loads while Postgres starts. */
  constructor(onStart: (pid: number) => void) {
    this.child = fork(PROGRAM, [], {
      execArgv: ['--import', STOP_WITH_PARENT],
      // A session of its own: Ctrl-C lets a migration finish.
      detached: process.platform !== 'win32',
    });
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    // `run` reports it to its caller.
    this.child.on('error', () => undefined);
    if (this.child.pid !== undefined) onStart(this.child.pid);
  }

  /** @throws OperatorError */
  async run(options: CredentialsOptions): Promise<Credentials> {
    const said = new Promise<Prepared>((resolve) => this.child.once('message', resolve));
    const silent = this.ended.then((code): Prepared => ({
      stack: `The database could not be prepared: the process ended with ${String(code)}.`,
    }));
    this.child.send(options, () => undefined);
    const prepared = await Promise.race([said, silent]);
    if ('credentials' in prepared) return prepared.credentials;
    if ('stack' in prepared) throw new Error(prepared.stack);
    throw new OperatorError(prepared.operatorError.code, prepared.operatorError.message);
  }

  /** Ends it, wherever it is. */
  async stop(): Promise<void> {
    if (this.child.pid === undefined) return;
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
