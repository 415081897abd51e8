import { applyDecorators } from '@nestjs/common';

const waiting: (() => void)[] = [];

/**
 * Puts off what decorators tell OpenAPI until {@link describeOperations}: every start of the API would spend a
 * twentieth of its time on a document that few ask for.
 */
export function whenDescribed(decorators: () => MethodDecorator[]): MethodDecorator {
  return (target, key, descriptor) => {
    waiting.push(() => applyDecorators(...decorators())(target, key, descriptor));
  };
}

/** Has all decorators say now what they put off. */
export function describeOperations(): void {
  for (const describe of waiting.splice(0)) describe();
}
