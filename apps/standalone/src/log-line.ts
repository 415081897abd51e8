const WORTH_SEEING = new Set(['warn', 'error', 'fatal']);

/**
 * How a line of a child's log appears on the terminal: warnings and worse in short, and anything that is not a
 * structured log line, such as the stack of a crash.
 *
 * @returns `undefined` for lines that belong only in the log file
 */
export function forTerminal(child: string, line: string): string | undefined {
  if (line.trim() === '') return undefined;
  const entry = parse(line);
  if (!entry) return `[${child}] ${line}`;
  const level = String(entry.level);
  if (!WORTH_SEEING.has(level)) return undefined;
  const cause = (entry.err as { message?: unknown } | undefined)?.message;
  return `[${child}] ${level}: ${String(entry.msg ?? '')}${cause ? ` (${String(cause)})` : ''}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
