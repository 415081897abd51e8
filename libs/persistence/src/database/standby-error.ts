/** `read_only_sql_transaction`: what a standby would say to the first write. */
const READ_ONLY = '25006';

/**
 * The address leads to a standby, such as a primary that was demoted. Nothing can be written there, and what is read
 * may be old; so the connection is closed, and the next one may find the new primary.
 */
export class StandbyError extends Error {
  readonly code = READ_ONLY;

  constructor() {
    super('The address of Postgres leads to a standby, which takes no writes.');
    this.name = 'StandbyError';
  }
}
