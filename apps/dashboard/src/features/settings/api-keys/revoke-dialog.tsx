import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiKeyDocument } from '@schoolbell/api-client';
import { listApiKeysInfiniteQueryKey, revokeApiKeyMutation } from '@schoolbell/api-client/queries';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { visibleName } from '../../../ui/visible-name.ts';

interface RevokeDialogProps {
  /** The key to revoke; the dialog is open while there is one. */
  apiKey: ApiKeyDocument | undefined;
  onClose: () => void;
}

export function RevokeDialog({ apiKey, onClose }: RevokeDialogProps) {
  const name = `“${visibleName(apiKey?.name ?? '')}”`;
  const client = useQueryClient();
  const toasts = useToast();
  const revoke = useMutation({
    ...revokeApiKeyMutation(),
    onSuccess: async () => {
      toasts.add({ title: `${name} is revoked` });
      onClose();
      await client.invalidateQueries({ queryKey: listApiKeysInfiniteQueryKey() });
    },
  });
  return (
    <ConfirmDialog
      open={apiKey !== undefined}
      onClose={onClose}
      title={`Revoke ${name}?`}
      description="The program that has it is refused at once. A revoked key cannot be restored."
      action="Revoke"
      busy={revoke.isPending && 'Revoking …'}
      error={revoke.error}
      onConfirm={() => apiKey && revoke.mutate({ path: { id: apiKey.id } })}
    />
  );
}
