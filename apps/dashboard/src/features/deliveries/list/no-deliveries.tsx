import { Activity } from 'lucide-react';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFilters } from '../use-filters.ts';
import { isNarrowed } from '../filters.ts';

/** Why there are no rows, and what to do. */
export function NoDeliveries() {
  const { filters, clear } = useFilters();
  const icon = <Activity aria-hidden className="size-7" />;
  if (isNarrowed(filters)) {
    return (
      <EmptyState
        icon={icon}
        title="No delivery matches"
        actions={
          <>
            <Button onClick={clear}>Clear filters</Button>
            {filters.q !== undefined && (
              <ButtonLink to="/search" search={{ q: filters.q }}>
                Search everywhere
              </ButtonLink>
            )}
          </>
        }
      >
        An event that no webhook wanted has no delivery, and a refused post has no event at all: the
        search finds both.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title="Nothing was sent yet"
      actions={
        <>
          <ButtonLink look="primary" to="/webhooks/new">
            New webhook
          </ButtonLink>
          <ButtonLink to="/webhooks">Send a test event</ButtonLink>
        </>
      }
    >
      A delivery is one event on its way to one webhook. As soon as a webhook listens and an event
      comes, the delivery appears here with every attempt.
    </EmptyState>
  );
}
