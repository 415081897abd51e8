import { getWebhook, type WebhookDocument } from '@schoolbell/api-client';
import { updateWebhookMutation } from '@schoolbell/api-client/queries';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useToast } from '../../../ui/toasts.tsx';
import { useWebhookChanged } from '../use-webhook-changed.ts';
import { bodyOf, changesOf } from './body-of-values.ts';
import { conflictsOf } from './conflicts.ts';
import { valuesOf, type WebhookBody, type WebhookValues } from './webhook-values.ts';

interface Reviewed {
  before: WebhookBody;
  now: WebhookBody;
  changes: Partial<WebhookBody>;
  conflicts: (keyof WebhookBody)[];
}

/**
 * First shows the changes, compared with the webhook as it is at that moment; then saves only these.
 *
 * @param opened the webhook as it was when the form was opened
 */
export function useChanges(opened: WebhookDocument, onFault: (error: unknown) => void) {
  const [reviewed, setReviewed] = useState<Reviewed>();
  const before = bodyOf(valuesOf(opened));
  const review = useMutation({
    mutationFn: async (values: WebhookValues): Promise<Reviewed> => {
      const changes = changesOf(before, bodyOf(values));
      const now = bodyOf(valuesOf(await getWebhook({ path: { id: opened.id } })));
      return { before, now, changes, conflicts: conflictsOf(before, now, changes) };
    },
    onSuccess: (found) => setReviewed(hasChanges(found) ? found : undefined),
  });
  const close = () => setReviewed(undefined);
  const update = useUpdate(opened.id, onFault);
  return {
    reviewed,
    isSame: review.data !== undefined && !hasChanges(review.data) && !review.isPending,
    review: (values: WebhookValues) => {
      update.reset();
      review.mutate(values);
    },
    isReviewing: review.isPending,
    reviewError: review.error,
    save: () => reviewed && update.mutate({ path: { id: opened.id }, body: reviewed.changes }),
    isSaving: update.isPending,
    saveError: update.error,
    close,
  };
}

const hasChanges = ({ changes }: Reviewed): boolean => Object.keys(changes).length > 0;

function useUpdate(webhookId: string, onError: (error: unknown) => void) {
  const changed = useWebhookChanged(webhookId);
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    ...updateWebhookMutation(),
    onError,
    onSuccess: async () => {
      await changed();
      await navigate({
        to: '/webhooks/$webhookId',
        params: { webhookId },
        search: { tab: 'settings' },
      });
      toast.add({ title: 'The changes are saved' });
    },
  });
}
