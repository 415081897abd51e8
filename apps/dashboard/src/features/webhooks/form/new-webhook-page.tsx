import { createWebhookMutation, listWebhooksQueryKey } from '@schoolbell/api-client/queries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useMay } from '../../../app/session/use-me.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Note } from '../../../ui/note.tsx';
import { Page } from '../../../ui/page.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { bodyOf } from './body-of-values.ts';
import { NotYours } from './not-yours.tsx';
import { showFaults } from './show-faults.ts';
import { WebhookForm } from './webhook-form.tsx';
import { NEW_WEBHOOK, type WebhookValues } from './webhook-values.ts';

export function NewWebhookPage() {
  const mayWrite = useMay('webhooks:write');
  return <Page title="New webhook">{mayWrite ? <NewWebhook /> : <NotYours />}</Page>;
}

function NewWebhook() {
  const form = useForm<WebhookValues>({ defaultValues: NEW_WEBHOOK });
  const [isAtFields, setAtFields] = useState(false);
  const create = useCreate((error) => setAtFields(showFaults(form, error)));
  const submit = () => {
    form.clearErrors();
    create.mutate({ body: bodyOf(form.getValues()) });
  };
  return (
    <WebhookForm form={form} onSubmit={submit}>
      {create.error && !isAtFields && (
        <ProblemNote error={create.error} title="The webhook was not created" onRetry={submit} />
      )}
      {create.error && isAtFields && (
        <Note tone="bad" title="The webhook was not created">
          <p>Each error is shown at its field.</p>
        </Note>
      )}
      <div className="flex flex-wrap gap-2 pt-1">
        <Button type="submit" look="primary" busy={create.isPending && 'Creating …'}>
          Create webhook
        </Button>
        <ButtonLink look="quiet" to="/webhooks">
          Cancel
        </ButtonLink>
      </div>
    </WebhookForm>
  );
}

function useCreate(onError: (error: unknown) => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    ...createWebhookMutation(),
    // The answer contains the secret.
    gcTime: 0,
    onError,
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: listWebhooksQueryKey() });
      await navigate({ to: '/webhooks/$webhookId', params: { webhookId: id } });
      toast.add({
        title: 'The webhook is created',
        description: 'Send a test event to see whether it arrives.',
      });
    },
  });
}
