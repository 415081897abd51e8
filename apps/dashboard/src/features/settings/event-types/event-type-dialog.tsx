import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EventTypeDocument, RegisterEventType } from '@schoolbell/api-client';
import {
  createEventTypeMutation,
  listEventTypesInfiniteQueryKey,
  updateEventTypeMutation,
} from '@schoolbell/api-client/queries';
import { Dialog } from '../../../ui/dialog.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { EventTypeForm } from './event-type-form.tsx';

interface EventTypeDialogProps {
  edited: EventTypeDocument | 'new';
  onClose: () => void;
}

/** Registers a type, or the next version of one. */
export function EventTypeDialog({ edited, onClose }: EventTypeDialogProps) {
  const client = useQueryClient();
  const toasts = useToast();
  const onSuccess = async ({ type, version }: EventTypeDocument) => {
    toasts.add({ title: `${type} is registered`, description: `Version ${version}` });
    onClose();
    await client.invalidateQueries({ queryKey: listEventTypesInfiniteQueryKey() });
  };
  const create = useMutation({ ...createEventTypeMutation(), onSuccess });
  const update = useMutation({ ...updateEventTypeMutation(), onSuccess });
  const isNew = edited === 'new';
  const submit = ({ type, ...change }: RegisterEventType) =>
    isNew
      ? create.mutate({ body: { type, ...change } })
      : update.mutate({ path: { type: edited.type }, body: change });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={isNew ? 'New event type' : `Edit ${edited.type}`}
      {...(!isNew && {
        description:
          'A changed schema is a new version: events that come from then on are checked by it.',
      })}
    >
      <EventTypeForm
        type={isNew ? undefined : edited}
        busy={create.isPending || update.isPending}
        error={create.error ?? update.error}
        onCancel={onClose}
        onSubmit={submit}
      />
    </Dialog>
  );
}
