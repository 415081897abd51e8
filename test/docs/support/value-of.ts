const MS_PER: Record<string, number> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};
const BYTES_PER: Record<string, number> = { KiB: 1024, MiB: 1024 ** 2 };

/** Names of constants contain their unit; times without one are seconds. */
const MS_OF_NAME: [RegExp, number][] = [
  [/_MS\b|Ms\b/, MS_PER.ms!],
  [/_MINUTES\b/, MS_PER.min!],
  [/_HOURS\b/, MS_PER.h!],
  [/_DAYS\b/, MS_PER.day!],
];

/** A number as people write it: `1,000`, `0.2 s`, `7/8`, `10 %`, `16 KiB`. */
const FIGURE = /^([\d,]+(?:\.\d+)?)(?:\/(\d+))?(?: (%|[A-Za-z]+))?$/;

/**
 * The value that a constant must have if its page is right.
 *
 * @param text one figure, or a list of them: `30 s, 2 min and 1 h`
 * @param label the constant's label, which contains its unit
 */
export function valueOf(text: string, label: string): number | number[] {
  const values = text.split(/, | and /).map((figure) => valueOfOne(figure, label));
  return values.length === 1 ? values[0]! : values;
}

function valueOfOne(figure: string, label: string): number {
  const [, digits, divisor = '1', unit] = FIGURE.exec(figure) ?? [];
  if (!digits) throw new Error(`${label}: "${figure}" is not a number`);
  const number = Number(digits.replaceAll(',', '')) / Number(divisor);
  if (!unit) return number;
  if (unit === '%') return number / 100;
  if (unit in BYTES_PER) return number * BYTES_PER[unit]!;
  if (!(unit in MS_PER)) throw new Error(`${label}: "${unit}" is not a unit`);
  return (number * MS_PER[unit]!) / msOf(label);
}

function msOf(label: string): number {
  return MS_OF_NAME.find(([ending]) => ending.test(label))?.[1] ?? MS_PER.s!;
}
