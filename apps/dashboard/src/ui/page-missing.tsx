import { SearchX } from 'lucide-react';
import { ButtonLink } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import { Page } from './page.tsx';

/** Shown for an address that leads nowhere. */
export function PageMissing() {
  return (
    <Page title="There is no such page">
      <EmptyState
        icon={<SearchX aria-hidden className="size-6" />}
        title="This address leads nowhere"
        actions={
          <ButtonLink look="primary" to="/">
            Home
          </ButtonLink>
        }
      >
        It may be mistyped, or the page has moved. An id can be looked up in the box at the top.
      </EmptyState>
    </Page>
  );
}
