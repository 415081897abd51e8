import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EventTypeDocument } from '@schoolbell/api-client';
import {
  deleteEventTypeMutation,
  listEventTypesInfiniteQueryKey,
} from '@schoolbell/api-client/queries';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';

export function DeleteEventTypeDialog({
  type: { type },
  onClose,
}: {
  type: EventTypeDocument;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const remove = useMutation({
    ...deleteEventTypeMutation(),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: listEventTypesInfiniteQueryKey() });
    },
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Delete ${type}?`}
      description="It can no longer be posted. Accepted events are still delivered. If it is registered again, it goes on with its next version."
      action="Delete"
      busy={remove.isPending && 'Deleting …'}
      error={remove.error}
      onConfirm={() => remove.mutate({ path: { type } })}
    />
  );
}
