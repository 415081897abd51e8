import { runInNewContext } from 'node:vm';
import { textOf } from './pages.js';

const NAME = /\b[A-Z][A-Z0-9_]+\b/g;
const TYPES = / as const| satisfies [\s\S]*/g;

/**
 * The value of a constant in its file: a number, or a list of numbers. It need not be exported.
 *
 * @param path from the repository's root; `.env.example` has the defaults of settings
 * @param label its name, or its name and a field: `WEBHOOK_LIMITS.retries`
 * @returns `undefined` when the file has no such constant
 */
export function constantOf(path: string, label: string): unknown {
  const [name, ...fields] = label.split('.');
  const text = textOf(path);
  const value = path.endsWith('.env.example') ? defaultOf(text, name!) : valueOf(text, name!);
  return fields.reduce<any>((whole, field) => whole?.[field], value);
}

function defaultOf(settings: string, name: string): number | undefined {
  const line = new RegExp(`^#?${name}=(\\d+)$`, 'm').exec(settings);
  return line ? Number(line[1]) : undefined;
}

function valueOf(code: string, name: string): unknown {
  const constant = new RegExp(`^(?:export )?const ${name}(?:: [^=]+)? = ([\\s\\S]+?);$`, 'm').exec(
    code,
  );
  if (!constant) return undefined;
  const expression = constant[1]!.replaceAll(TYPES, '');
  const others = new Set(expression.match(NAME) ?? []);
  const known = Object.fromEntries([...others].map((other) => [other, valueOf(code, other)]));
  return runInNewContext(`(${expression})`, known);
}
