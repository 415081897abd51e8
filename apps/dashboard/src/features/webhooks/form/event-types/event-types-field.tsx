import { useController, useWatch } from 'react-hook-form';
import { ProblemNote } from '../../../../ui/problem-note.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { ChoiceList } from '../../choice-list.tsx';
import { groupsOf } from '../../settings/event-groups.ts';
import { useEventTypes } from '../../../../app/api/use-event-types.ts';
import { useFault } from '../form-fields.tsx';
import type { WebhookValues } from '../webhook-values.ts';
import { EventGroupChoice } from './event-group-choice.tsx';

const ALL = '*';
const USUAL = ['session.completed'];

/** All events, or chosen types by group, each with its example. */
export function EventTypesField() {
  const { field } = useController<WebhookValues, 'events'>({ name: 'events' });
  const fault = useFault('events');
  const isAll = field.value.includes(ALL);
  return (
    <div className="flex flex-col gap-4">
      <ChoiceList
        label="Which events"
        value={isAll ? 'all' : 'chosen'}
        onChange={(choice) => field.onChange(choice === 'all' ? [ALL] : USUAL)}
        choices={[
          { value: 'chosen', label: 'Chosen ones' },
          {
            value: 'all',
            label: 'Everything',
            note: 'All that the format carries, also types that are added later.',
          },
        ]}
      />
      {fault !== undefined && (
        <p role="alert" className="text-sm text-bad">
          {fault}
        </p>
      )}
      {!isAll && <ChosenTypes chosen={field.value} onChange={field.onChange} />}
    </div>
  );
}

interface ChosenTypesProps {
  chosen: readonly string[];
  onChange: (events: string[]) => void;
}

function ChosenTypes({ chosen, onChange }: ChosenTypesProps) {
  const { data, error, refetch } = useEventTypes();
  const format = useWatch<WebhookValues, 'format'>({ name: 'format' });
  if (error && !data) {
    return (
      <ProblemNote
        error={error}
        title="The event types could not be loaded"
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <Skeleton className="h-220" label="Loading the event types" />;
  return (
    <div className="flex flex-col gap-4">
      {groupsOf(data).map((group) => (
        <EventGroupChoice
          key={group.title}
          group={group}
          format={format}
          chosen={chosen}
          onChange={onChange}
        />
      ))}
    </div>
  );
}
