import { useMutation, useQueryClient } from '@tanstack/react-query';
import { disableTotpMutation, getMeQueryKey } from '@schoolbell/api-client/queries';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { BothProofs, proofsOf } from './both-proofs.tsx';
import { Refusal } from './totp-setup.tsx';

export function DisableTotpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const close = () => {
    onClose();
    disable.reset();
  };
  const disable = useMutation({
    ...disableTotpMutation(),
    onSuccess: async () => {
      close();
      await client.invalidateQueries({ queryKey: getMeQueryKey() });
    },
  });
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Remove the second factor"
      description="From then on, your password alone signs you in."
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => disable.mutate({ body: proofsOf(event) })}
      >
        <BothProofs />
        <Refusal error={disable.error} />
        <Button
          look="danger"
          type="submit"
          className="self-end"
          busy={disable.isPending && 'Removing …'}
        >
          Remove it
        </Button>
      </form>
    </Dialog>
  );
}
