import { useMutation, useQueryClient } from '@tanstack/react-query';
import { listWebhookDeliveriesQueryKey, testWebhookMutation } from '@schoolbell/api-client/queries';

/** Sends a test event; what it came to is its data. */
export function useSendTest() {
  const client = useQueryClient();
  return useMutation({
    ...testWebhookMutation(),
    onSettled: (_data, _error, { path }) =>
      client.invalidateQueries({ queryKey: listWebhookDeliveriesQueryKey({ path }) }),
  });
}
