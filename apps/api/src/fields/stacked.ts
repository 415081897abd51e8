/**
 * Combines several decorators of a field into one. They apply like decorators that are written above each other, the
 * last one first: broken rules are reported in that order. (`applyDecorators` of Nest starts with the first.)
 */
export function stacked(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  const fromTheLast = decorators.toReversed();
  return (target, property) => {
    for (const decorate of fromTheLast) decorate(target, property);
  };
}
