/** Prints a line for whoever started Schoolbell. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line that needs attention. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
