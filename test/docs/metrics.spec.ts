import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Metrics } from '@schoolbell/metrics';
import { listedMetrics, METRICS_PAGE } from './support/metrics-page.js';
import { selectionsIn } from './support/selections-in.js';
import { textOf } from './support/pages.js';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}
interface Panel {
  title: string;
  type: string;
  targets?: { expr: string }[];
}

const rules = (parse(textOf('deploy/prometheus/alerts.yml')).groups as { rules: Rule[] }[]).flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(textOf('deploy/grafana/schoolbell.json')) as { panels: Panel[] };
const charts = dashboard.panels.filter(({ type }) => type !== 'row');
const queries = charts.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ name: title, expr })),
);

/** Labels by name: what the page lists, which is held against a running product, and what each process has. */
const known = new Map(listedMetrics().map(({ name, labels }) => [name, labels]));
const metrics = new Metrics('test');
metrics.addProcess();
for (const [, name] of (await metrics.text()).matchAll(/^# TYPE ((?:process|nodejs)_\w+)/gm)) {
  known.set(name!, []);
}
/** Prometheus' own: whether a process could be scraped. */
known.set('up', []);
/** Prometheus gives each line the address that it was read from. */
const EVERYWHERE = ['instance', 'job', 'le'];

/** What an expression asks for and nobody shows. */
function unknownIn(expr: string): string[] {
  return selectionsIn(expr).flatMap(({ metric, labels }) => {
    const name = known.has(metric) ? metric : metric.replace(/_(bucket|sum|count)$/, '');
    const has = known.get(name);
    if (!has) return [metric];
    return labels
      .filter((label) => !has.includes(label) && !EVERYWHERE.includes(label))
      .map((label) => `${metric}{${label}}`);
  });
}

describe('the alert rules', () => {
  it.each(rules)('$alert asks for metrics that exist', ({ expr }) => {
    expect(selectionsIn(expr)).not.toEqual([]);
    expect(unknownIn(expr)).toEqual([]);
  });

  it.each(rules)('$alert says what happened, how bad it is and what to do', (rule) => {
    expect(rule.annotations.summary).toMatch(/\.$/);
    expect(['critical', 'warning']).toContain(rule.labels.severity);
    const [page, heading] = rule.annotations.runbook.split('#');
    expect(page).toBe(METRICS_PAGE);
    const headings = [...textOf(page!).matchAll(/^### (.+)$/gm)].map(([, text]) =>
      text!.toLowerCase().replaceAll(' ', '-'),
    );
    expect(headings).toContain(heading);
  });

  it('have names of their own', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});

describe('the dashboard', () => {
  it.each(queries)('$name asks for metrics that exist', ({ expr }) => {
    expect(unknownIn(expr)).toEqual([]);
  });

  it('shows every metric of the product', () => {
    const shown = new Set(
      queries.flatMap(({ expr }) =>
        selectionsIn(expr).map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, '')),
      ),
    );
    expect(listedMetrics().filter(({ name }) => !shown.has(name))).toEqual([]);
  });
});
