/** A stored webhook names a format that this version does not have, such as after a downgrade. */
export class UnknownFormatError extends Error {
  readonly code = 'unknown_format';

  constructor(format: string) {
    super(
      `There is no format "${format}" in this version. Run the version that has it, or give the webhook another format.`,
    );
    this.name = 'UnknownFormatError';
  }
}
