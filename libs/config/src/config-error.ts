/** What is wrong with one setting. */
export interface ConfigFault {
  /** The environment variable. */
  setting: string;
  /** Continues a sentence that begins with the setting's name; never repeats a secret. */
  message: string;
}

/** Every fault of the configuration at once, so that one restart is enough to mend it. */
export class ConfigError extends Error {
  readonly code = 'invalid_configuration';

  constructor(readonly faults: readonly ConfigFault[]) {
    const lines = faults.map(({ setting, message }) => `  ${setting} ${message}`);
    super(`The configuration is invalid:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}
