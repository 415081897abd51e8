import { useMutation, useQueryClient } from '@tanstack/react-query';
import { listWebhookDeliveriesQueryKey, testWebhookMutation } from '@schoolbell/api-client/queries';

/** Sends a test event; its data is the attempt. */
export function useSendTest() {
  const client = useQueryClient();
  return useMutation({
    ...testWebhookMutation(),
    onSettled: (_data, _error, { path }) =>
      client.invalidateQueries({ queryKey: listWebhookDeliveriesQueryKey({ path }) }),
  });
}
