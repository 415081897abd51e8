/**
 * Reads the settings of this process. When they are wrong, says what is wrong with them and exits with 1.
 *
 * @throws what `read` throws for any other reason: a bug
 */
export function readSettings<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'invalid_configuration') throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}
