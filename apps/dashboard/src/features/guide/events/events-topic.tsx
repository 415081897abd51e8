import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Select } from '../../../ui/select.tsx';
import { Note } from '../../../ui/note.tsx';
import { GuideLoading } from '../guide-loading.tsx';
import { useEventTypes } from '../../../app/api/use-event-types.ts';
import { useGuideSearch } from '../use-guide-search.ts';
import { EventTypeDetails } from './event-type-details.tsx';
import { EventTypeList } from './event-type-list.tsx';

/** Every type of event that a webhook can want. */
export function EventsTopic() {
  const [{ type }, choose] = useGuideSearch();
  const { data: types, error, refetch } = useEventTypes();
  if (error && !types) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!types) return <GuideLoading label="Loading the event types" />;
  const chosen = type ?? 'session.completed';
  const found = types.find(({ name }) => name === chosen);
  return (
    <div className="grid gap-6 md:grid-cols-[15.5rem_minmax(0,1fr)]">
      <div className="hidden md:block">
        <EventTypeList types={types} chosen={chosen} />
      </div>
      <Select
        label="Event type"
        className="w-full md:hidden"
        value={chosen}
        onChange={(name) => choose({ type: name })}
        choices={types.map(({ name }) => ({ value: name, label: name }))}
      />
      {found ? (
        <EventTypeDetails type={found} />
      ) : (
        <Note tone="calm" title="There is no such event type">
          <p>
            <bdi>{chosen}</bdi> is neither in the catalogue nor registered beside it.
          </p>
        </Note>
      )}
    </div>
  );
}
