/** Something that the user of the demo can fix: shown as one line, without a stack. */
export class DemoError extends Error {
  constructor(
    readonly code: 'bad_option' | 'not_running' | 'no_credentials' | 'refused',
    message: string,
  ) {
    super(message);
    this.name = 'DemoError';
  }
}
