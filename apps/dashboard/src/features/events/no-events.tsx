import { BellRing } from 'lucide-react';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Why the list is empty, and what to do about it. */
export function NoEvents({ search }: { search: Record<string, string | undefined> }) {
  const { unwanted, ...others } = search;
  const isFiltered = Object.values(others).some((value) => value !== undefined);
  if (unwanted === 'true') {
    return (
      <EmptyState
        icon={<BellRing aria-hidden className="size-6" />}
        title="Every event was wanted by a webhook"
        actions={<ButtonLink to="/events">All events</ButtonLink>}
      >
        An event is unwanted if no webhook lists its type, or if its package and dispatch are in no
        webhook’s scope.
      </EmptyState>
    );
  }
  if (isFiltered) {
    return (
      <EmptyState
        icon={<BellRing aria-hidden className="size-6" />}
        title="No event matches"
        actions={
          <>
            <ButtonLink to="/events">All events</ButtonLink>
            <ButtonLink to="/events/refused" search={{ q: search['q'] ?? search['learnerId'] }}>
              Refused posts
            </ButtonLink>
          </>
        }
      >
        Ids are compared in full, with the same capitals. A post that was refused has no event: it
        is among the refused posts for 24 hours.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<BellRing aria-hidden className="size-6" />}
      title="No event has come yet"
      actions={
        <>
          <ButtonLink look="primary" to="/guide/{-$topic}">
            How events are posted
          </ButtonLink>
          <ButtonLink to="/events/refused">Refused posts</ButtonLink>
        </>
      }
    >
      Events are what the runtime reports: a session launched, progress, a completion. Each is kept
      here, also those that no webhook wanted.
    </EmptyState>
  );
}
