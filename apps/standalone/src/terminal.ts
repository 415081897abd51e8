/** Says a line to whoever started Schoolbell. */
export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Says a line that somebody has to look at. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
