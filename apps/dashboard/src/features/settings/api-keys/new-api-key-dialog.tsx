import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createApiKeyMutation, listApiKeysInfiniteQueryKey } from '@schoolbell/api-client/queries';
import { Button } from '../../../ui/button.tsx';
import { Code } from '../../../ui/code.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { NewApiKeyForm } from './new-api-key-form.tsx';

/** Creates a key, and shows it once. */
export function NewApiKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const create = useMutation({
    ...createApiKeyMutation(),
    // The key stays in memory no longer than it is shown.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: listApiKeysInfiniteQueryKey() }),
  });
  const close = () => {
    onClose();
    create.reset();
  };
  const { data } = create;
  return (
    <Dialog
      open={open}
      onClose={close}
      title={data ? 'Copy the key now' : 'New API key'}
      description={
        data
          ? 'It is shown only once, and not stored. Whoever has it can do whatever it may do.'
          : undefined
      }
      actions={
        data && (
          <Button look="primary" onClick={close}>
            I have copied it
          </Button>
        )
      }
    >
      {data ? (
        <Code text={data.key} label="API key" />
      ) : (
        <NewApiKeyForm
          busy={create.isPending}
          error={create.error}
          onCancel={close}
          onSubmit={(body) => create.mutate({ body })}
        />
      )}
    </Dialog>
  );
}
