/** One line of a metric. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** A metric with all of its lines; those of a histogram have other names: `_bucket`, `_sum`, `_count`. */
export interface Family {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram' | 'summary';
  samples: Sample[];
}

/** What a process shows to Prometheus at a moment. */
export class Scrape {
  constructor(readonly families: readonly Family[]) {}

  /** The value of the line that has these labels, among others perhaps; undefined when there is none. */
  value(name: string, labels: Record<string, string> = {}): number | undefined {
    const found = this.samples.filter((sample) => sample.name === name && has(sample, labels));
    if (found.length > 1) throw new Error(`${found.length} lines of ${name} have these labels.`);
    return found[0]?.value;
  }

  /** The sum over all lines that have these labels. */
  sum(name: string, labels: Record<string, string> = {}): number {
    return this.samples
      .filter((sample) => sample.name === name && has(sample, labels))
      .reduce((sum, { value }) => sum + value, 0);
  }

  get samples(): Sample[] {
    return this.families.flatMap(({ samples }) => samples);
  }
}

/** @param url of a process that serves metrics, without a path */
export async function scrape(url: string): Promise<Scrape> {
  const response = await fetch(`${url}/metrics`);
  const type = response.headers.get('content-type');
  if (response.status !== 200) throw new Error(`No metrics: ${response.status}`);
  if (!type?.startsWith('text/plain; version=0.0.4')) throw new Error(`Metrics as ${type}`);
  return new Scrape(parse(await response.text()));
}

function has({ labels }: Sample, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

const HELP = /^# HELP ([a-z_][a-z0-9_]*) (\S.*)$/;
const TYPE = /^# TYPE ([a-z_][a-z0-9_]*) (counter|gauge|histogram|summary)$/;
const LINE = /^([a-z_][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/gy;
const OF_HISTOGRAM = /_(?:bucket|sum|count)$/;

/**
 * Reads the text format of Prometheus, and takes nothing that Prometheus would not: no line without its metric, no line
 * twice, no value that is no number.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
function parse(text: string): Family[] {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, helped, help] = HELP.exec(line) ?? [];
    const [, typed, type] = TYPE.exec(line) ?? [];
    if (helped) {
      if (families.has(helped)) throw new Error(`${helped} comes twice.`);
      families.set(helped, { name: helped, help: help!, type: 'gauge', samples: [] });
    } else if (typed) {
      families.get(typed)!.type = type as Family['type'];
    } else {
      const sample = sampleOf(line);
      const key = `${sample.name} ${JSON.stringify(sample.labels)}`;
      if (seen.has(key)) throw new Error(`${key} comes twice.`);
      seen.add(key);
      familyOf(sample, families).samples.push(sample);
    }
  }
  return [...families.values()];
}

function familyOf({ name }: Sample, families: Map<string, Family>): Family {
  const family = families.get(name) ?? families.get(name.replace(OF_HISTOGRAM, ''));
  if (!family) throw new Error(`${name} has neither HELP nor TYPE.`);
  return family;
}

function sampleOf(line: string): Sample {
  const [, name, inBraces = '', written] = LINE.exec(line) ?? [];
  // Prometheus reads numbers as Go does, whatever the case of NaN.
  const isNumber = /^(?:nan|[+-]?(?:inf|\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/i.test(written ?? '');
  if (!name || !isNumber) throw new Error(`No sample: ${line}`);
  const value = Number(written!.replace('Inf', 'Infinity'));
  return { name, labels: labelsOf(inBraces, line), value };
}

function labelsOf(inBraces: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let read = 0;
  for (const [all, name, value] of inBraces.matchAll(LABEL)) {
    labels[name!] = value!;
    read += all.length;
  }
  if (read !== inBraces.length) throw new Error(`No labels: ${line}`);
  return labels;
}
