export type OperatorFault =
  | 'already_running'
  | 'child_failed'
  | 'data_folder'
  | 'database_sessions'
  | 'database_unreachable'
  | 'encryption_keys_missing'
  | 'port_unavailable'
  | 'postgres_failed'
  | 'postgres_unavailable';

/** Something that whoever started Schoolbell can put right: shown as one line, without a stack. */
export class OperatorError extends Error {
  constructor(
    readonly code: OperatorFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OperatorError';
  }
}
