import { useInfiniteQuery } from '@tanstack/react-query';
import type { EventTypeDocument } from '@schoolbell/api-client';
import { listEventTypesInfiniteOptions } from '@schoolbell/api-client/queries';
import { Plus, Shapes } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PagedList } from '../paged-list.tsx';
import { BY_CURSOR } from '../../../app/api/by-cursor.ts';
import { DeleteEventTypeDialog } from './delete-event-type-dialog.tsx';
import { EventTypeDialog } from './event-type-dialog.tsx';
import { EventTypeTable } from './event-type-table.tsx';

/** The tenant's own event types, with their schemas. */
export function EventTypesSection() {
  const list = useInfiniteQuery({ ...listEventTypesInfiniteOptions(), ...BY_CURSOR });
  const types = (list.data?.pages ?? [])
    .flatMap(({ data }) => data)
    .filter(({ owner }) => owner !== 'catalogue');
  const mayChange = useMay('webhooks:write');
  const [edited, setEdited] = useState<EventTypeDocument | 'new'>();
  const [deleted, setDeleted] = useState<EventTypeDocument>();
  const create = mayChange && (
    <Button
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setEdited('new')}
    >
      New event type
    </Button>
  );
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-40 text-muted">
          Your own types, beside those of the catalogue.
        </p>
        {types.length > 0 && create}
      </div>
      <PagedList list={list} loading="Loading event types">
        {types.length === 0 ? (
          <EmptyState
            icon={<Shapes aria-hidden className="size-8" />}
            title="No event types of your own"
            actions={create}
          >
            The catalogue has what happens in a course. For what only your platform knows, such as
            order.placed, register a type with a JSON Schema: what breaks it is refused.
          </EmptyState>
        ) : (
          <EventTypeTable
            types={types}
            mayChange={mayChange}
            onEdit={setEdited}
            onDelete={setDeleted}
          />
        )}
      </PagedList>
      {edited !== undefined && (
        <EventTypeDialog edited={edited} onClose={() => setEdited(undefined)} />
      )}
      {deleted && <DeleteEventTypeDialog type={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}
