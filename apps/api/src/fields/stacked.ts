/**
 * Combines several decorators of a field into one. They apply like decorators written above each other, the last one
 * first: broken rules are reported in that order. (Nest's `applyDecorators` starts with the first.)
 */
export function stacked(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  const fromTheLast = decorators.toReversed();
  return (target, property) => {
    for (const decorate of fromTheLast) decorate(target, property);
  };
}
