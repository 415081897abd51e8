import type { EventWithDeliveriesDocument } from '@schoolbell/api-client';
import { useMe } from '../../app/session/use-me.ts';
import { Section } from '../../ui/card.tsx';
import { Code } from '../../ui/code.tsx';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';

type Event = Pick<EventWithDeliveriesDocument, 'data' | 'erased' | 'erasedAt'>;

/** What the runtime reported; or why it is not shown. */
export function EventData({ event }: { event: Event }) {
  return (
    <Section title="Data" note="As the runtime posted it.">
      {event.data ? (
        <Code label="the event’s data" text={JSON.stringify(event.data, null, 2)} />
      ) : (
        <NotShown event={event} />
      )}
    </Section>
  );
}

function NotShown({ event: { erased, erasedAt } }: { event: Event }) {
  const { role } = useMe();
  if (erased) {
    return (
      <Note tone="calm" title="Its learner was forgotten">
        <p>
          Nothing of what it said is left, and it cannot be sent again.
          {erasedAt !== undefined && (
            <>
              {' '}
              Erased: <Time at={erasedAt} as="full" />.
            </>
          )}
        </p>
      </Note>
    );
  }
  if (role === 'viewer') {
    return (
      <Note tone="calm" title="Viewers do not see what events hold">
        <p>An owner can allow it under Settings, or make you a developer.</p>
      </Note>
    );
  }
  return (
    <Note tone="bad" title="The stored event is damaged">
      <p>It cannot be sent. Have the runtime post it again, as a new event.</p>
    </Note>
  );
}
