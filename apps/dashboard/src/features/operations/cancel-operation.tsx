import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelOperationMutation, getOperationQueryKey } from '@schoolbell/api-client/queries';
import { Button } from '../../ui/button.tsx';

/** Stops an operation; what it has done so far stays done. */
export function CancelOperation({ operationId }: { operationId: string }) {
  const client = useQueryClient();
  const path = { id: operationId };
  const cancel = useMutation({
    ...cancelOperationMutation(),
    onSettled: () => client.invalidateQueries({ queryKey: getOperationQueryKey({ path }) }),
  });
  return (
    <Button
      size="small"
      onClick={() => cancel.mutate({ path })}
      busy={cancel.isPending && 'Cancelling …'}
    >
      Cancel
    </Button>
  );
}
