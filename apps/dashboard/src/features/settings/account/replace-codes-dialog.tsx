import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getMeQueryKey, replaceRecoveryCodesMutation } from '@schoolbell/api-client/queries';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { BothProofs, proofsOf } from './both-proofs.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { Refusal } from './totp-setup.tsx';

export function ReplaceCodesDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const replace = useMutation(replaceRecoveryCodesMutation());
  const close = () => {
    onClose();
    replace.reset();
    void client.invalidateQueries({ queryKey: getMeQueryKey() });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title="New recovery codes"
      {...(!replace.data && { description: 'The old ones stop working at once.' })}
    >
      {replace.data ? (
        <RecoveryCodes codes={replace.data.recoveryCodes} onKept={close} />
      ) : (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => replace.mutate({ body: proofsOf(event) })}
        >
          <BothProofs />
          <Refusal error={replace.error} />
          <Button
            look="primary"
            type="submit"
            className="self-end"
            busy={replace.isPending && 'Checking …'}
          >
            Make new codes
          </Button>
        </form>
      )}
    </Dialog>
  );
}
