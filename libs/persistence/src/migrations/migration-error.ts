export type MigrationFault =
  | 'postgres_too_old'
  | 'migrations_folder_missing'
  | 'migration_changed'
  | 'migration_unfinished'
  | 'migration_blocked'
  | 'migration_failed';

/** The database cannot be brought to the tables that this version needs. The message says what to do. */
export class MigrationError extends Error {
  constructor(
    readonly code: MigrationFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'MigrationError';
  }
}
