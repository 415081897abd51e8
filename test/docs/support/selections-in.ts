import { parser } from '@prometheus-io/lezer-promql';

/** A metric that an expression of PromQL asks for. */
export interface Selection {
  metric: string;
  /** By which it is selected or grouped. */
  labels: string[];
}

type Node = ReturnType<typeof parser.parse>['topNode'];

/**
 * What an expression of PromQL asks for, by Prometheus' own grammar.
 *
 * @param expr Grafana's variables for times may be in it
 * @throws Error for what Prometheus would not read
 */
export function selectionsIn(expr: string): Selection[] {
  const text = expr.replaceAll('$__rate_interval', '5m');
  const selections: Selection[] = [];
  const visit = (node: Node, grouping: readonly string[]): void => {
    if (node.type.isError) throw new Error(`No PromQL at ${node.from}: ${text}`);
    const labels = [...grouping, ...groupingOf(node, text)];
    if (node.name === 'VectorSelector') {
      const metric = textsOf(node, 'Identifier', text)[0] ?? '';
      selections.push({ metric, labels: [...labels, ...textsOf(node, 'LabelName', text)] });
    }
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child, labels);
  };
  visit(parser.parse(text).topNode, []);
  return selections;
}

/** The labels by which an aggregation keeps what is in it apart. */
function groupingOf(node: Node, text: string): string[] {
  const modifier = node.name === 'AggregateExpr' ? node.getChild('AggregateModifier') : null;
  return modifier ? textsOf(modifier, 'LabelName', text) : [];
}

/** The text of each node of this name at or below another. */
function textsOf(node: Node, name: string, text: string): string[] {
  const texts: string[] = [];
  for (const cursor = node.cursor(); ;) {
    if (cursor.name === name) texts.push(text.slice(cursor.from, cursor.to));
    if (!cursor.next() || cursor.from >= node.to) return texts;
  }
}
