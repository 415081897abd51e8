import { textOf } from './pages.js';

export const METRICS_PAGE = 'docs/operating/metrics.md';

/** A metric as the page tells of it. */
export interface ListedMetric {
  name: string;
  labels: string[];
}

const ROW = /^\| `(schoolbell_\w+)` +\| ([^|]*)\|/gm;

/** What the page lists under a heading of the third level. */
export function metricsUnder(heading: 'APIs' | 'Dispatchers' | 'Both'): ListedMetric[] {
  const section = textOf(METRICS_PAGE).split(`### ${heading}\n`)[1]!.split(/^#/m)[0]!;
  return [...section.matchAll(ROW)].map(([, name, labels]) => ({
    name: name!,
    labels: labels!.split(',').flatMap((label) => label.trim() || []),
  }));
}

/** All that the page lists. */
export function listedMetrics(): ListedMetric[] {
  return [...metricsUnder('APIs'), ...metricsUnder('Dispatchers'), ...metricsUnder('Both')];
}
