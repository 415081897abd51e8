import { ButtonLink } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

export function PageMissing() {
  return (
    <EmptyState
      title="There is no such page"
      actions={
        <ButtonLink look="primary" to="/">
          Home
        </ButtonLink>
      }
    >
      The address may be mistyped, or the page has moved. An id can be looked up in the box at the
      top.
    </EmptyState>
  );
}
