/**
 * SQL text. A fragment of several lines is indented like the line in which it stands, so that the whole reads
 * as if it had been written by hand.
 */
export function sql(text: TemplateStringsArray, ...fragments: (string | number)[]): string {
  const written = fragments.reduce<string>((before, fragment, index) => {
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const indentation = /^\s*/.exec(line)![0];
    const lines = dedented(String(fragment)).split('\n');
    return before + lines.join(`\n${indentation}`) + text[index + 1]!;
  }, text[0]!);
  return dedented(written);
}

const WIDEST_LINE = 100;

/** Columns after each other, in lines that people can read. */
export function columnList(columns: readonly string[]): string {
  const lines: string[] = [];
  for (const column of columns) {
    const longer = lines.length > 0 ? `${lines.at(-1)}, ${column}` : column;
    if (lines.length > 0 && longer.length <= WIDEST_LINE) lines[lines.length - 1] = longer;
    else lines.push(column);
  }
  return lines.join(',\n');
}

/** One step of a {@link statement}: a query, and whether Postgres must run it once, before whoever reads it. */
export interface Step {
  query: string;
  materialized: boolean;
}

/** Steps by their names, in the order in which they read each other. */
export type Steps = Readonly<Record<string, Step>>;

/** A step that Postgres may merge into the ones that read it. Steps that write always run exactly once. */
export function step(query: string): Step {
  return { query, materialized: false };
}

/** A step that Postgres plans and runs by itself, exactly once. */
export function materialized(query: string): Step {
  return { query, materialized: true };
}

/**
 * A statement of named steps (common table expressions), written so that people can read it whole: see
 * `libs/persistence/sql`.
 *
 * @param result the query that says what the statement returns
 */
export function statement(steps: Steps, result: string, { recursive = false } = {}): string {
  const written = Object.entries(steps).map(
    ([name, { query, materialized: once }]) =>
      `${name} AS ${once ? 'MATERIALIZED ' : ''}(\n${indented(query)}\n)`,
  );
  return `WITH ${recursive ? 'RECURSIVE ' : ''}${written.join(',\n')}\n${dedented(result)}`;
}

const STEP_INDENT = '  ';

function indented(text: string): string {
  return dedented(text)
    .split('\n')
    .map((line) => (line === '' ? '' : STEP_INDENT + line))
    .join('\n');
}

/** Without blank lines around it, and without the indentation that all lines of a block share. */
function dedented(text: string): string {
  const isBlock = /^\s*\n/.test(text);
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  if (!isBlock) return lines.join('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth).trimEnd()).join('\n');
}
