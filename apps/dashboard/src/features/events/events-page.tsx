import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EventFilters, useEventFilters } from './event-filters.tsx';
import { EventList } from './event-list.tsx';

/** All accepted events, each with the state of its deliveries. */
export function EventsPage() {
  const { search } = useEventFilters();
  return (
    <Page
      title="Events"
      note={
        search.unwanted === 'true'
          ? 'Accepted, but no webhook wanted them. Open one to see why, and to deliver it.'
          : 'What the runtime reported, and how it went out.'
      }
      actions={<ButtonLink to="/events/refused">Refused posts</ButtonLink>}
    >
      <EventFilters />
      <EventList />
    </Page>
  );
}
