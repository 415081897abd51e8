import { goalText, isReached, type GoalResult } from './goal.js';
import { median } from './statistics.js';

const HEADINGS = ['what', 'against', 'goal', 'measured', 'range', 'reached'];

/** The results as a Markdown table, aligned so that a terminal can show it too. */
export function tableOf(results: readonly GoalResult[]): string {
  const rows = [HEADINGS, ...results.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column]!))));
  lines.splice(1, 0, line(widths.map((width) => '-'.repeat(width))));
  return lines.join('\n');
}

function cellsOf(result: GoalResult): string[] {
  const { goal, values, missing } = result;
  const head = [goal.what, goal.baseline, goalText(goal)];
  if (values.length === 0) return [...head, '–', '–', missing ?? 'not measured'];
  const unit = goal.unit ?? '';
  const range = `${rounded(Math.min(...values))}–${rounded(Math.max(...values))}`;
  return [...head, rounded(median(values)) + unit, range, isReached(result) ? 'yes' : 'NO'];
}

function rounded(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
