/**
 * Several decorators of a field as one. They apply as if they stood above each other, the last one first, which is the
 * order in which broken rules are reported: `applyDecorators` of Nest begins with the first.
 */
export function stacked(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  const fromTheLast = decorators.toReversed();
  return (target, property) => {
    for (const decorate of fromTheLast) decorate(target, property);
  };
}
