import type { WebhookDocument } from '@schoolbell/api-client';
import {
  deleteWebhookMutation,
  getWebhookStatsOptions,
  listWebhooksQueryKey,
} from '@schoolbell/api-client/queries';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { deliveriesInWords } from '../backlog-in-words.ts';
import { hostOf, webhookName } from '../../../ui/webhook-name.ts';

interface DeleteDialogProps {
  webhook: WebhookDocument;
  open: boolean;
  onClose: () => void;
}

/** Deletes a webhook once its host was typed, and says beforehand what is lost. */
export function DeleteDialog({ webhook, open, onClose }: DeleteDialogProps) {
  const [typed, setTyped] = useState('');
  const host = hostOf(webhook.url);
  const remove = useRemove(webhook);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Delete ${webhookName(webhook)}?`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            look="danger"
            disabled={typed.trim() !== host}
            busy={remove.isPending && 'Deleting …'}
            onClick={() => remove.mutate({ path: { id: webhook.id } })}
          >
            Delete this webhook
          </Button>
        </>
      }
    >
      <WhatIsLost webhookId={webhook.id} open={open} />
      <TextField
        label={`Type ${host} to confirm`}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        mono
      />
      {remove.error && <ProblemNote error={remove.error} title="It was not deleted" />}
    </Dialog>
  );
}

function WhatIsLost({ webhookId, open }: { webhookId: string; open: boolean }) {
  const path = { id: webhookId };
  const { data } = useQuery({ ...getWebhookStatsOptions({ path }), enabled: open, staleTime: 0 });
  const waiting =
    data && data.backlog > 0
      ? `${deliveriesInWords(data.backlog)} that wait or are held for it`
      : 'whatever waits or is held for it';
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="font-medium">Lost for good</p>
      <ul className="list-disc pl-5">
        <li>Discarded: {waiting}.</li>
        <li>Its secret, settings, headers and credentials.</li>
        <li>Its dead letters cannot be retried any more.</li>
      </ul>
      <p className="font-medium">Stays</p>
      <ul className="list-disc pl-5">
        <li>Its deliveries and attempts, in the log, as long as history is kept.</li>
        <li>The events, which other webhooks get as before.</li>
      </ul>
    </div>
  );
}

function useRemove(webhook: WebhookDocument) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    ...deleteWebhookMutation(),
    onSuccess: async () => {
      await navigate({ to: '/webhooks' });
      await client.invalidateQueries({ queryKey: listWebhooksQueryKey() });
      toast.add({ title: `${webhookName(webhook)} is deleted` });
    },
  });
}
