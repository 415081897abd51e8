import {
  createWebhook,
  previewWebhook,
  updateWebhook,
  type WebhookDocument,
} from '@schoolbell/api-client';
import { listWebhooksQueryKey } from '@schoolbell/api-client/queries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../../app/api/api-problem.ts';
import { useSendTest } from '../testing/use-send-test.ts';
import { FIRST_CHOICES, type FirstChoice } from './first-choices.ts';

type StepName = 'where' | 'which' | 'receive';

/** The first webhook in three steps. It is created once; after going back, it is changed. */
export function useSetUp() {
  const [step, setStep] = useState<StepName>('where');
  const [url, setUrl] = useState('');
  const [choice, setChoice] = useState<FirstChoice>('completions');
  const test = useSendTest();
  const send = (id: string) => test.mutate({ path: { id }, body: { type: testedTypeOf(choice) } });
  const save = useSave((webhook) => {
    setStep('receive');
    send(webhook.id);
  });
  // The address is checked as at registration, so that a fault is shown where the address was entered.
  const check = useMutation({
    mutationFn: () => previewWebhook({ body: { url: url.trim() } }),
    onSuccess: () => setStep('which'),
  });
  const webhookId = save.webhookId;
  return {
    step,
    setStep,
    url,
    setUrl: (next: string) => {
      setUrl(next);
      check.reset();
    },
    choice,
    setChoice,
    webhookId,
    save,
    check,
    checkUrl: () => check.mutate(),
    urlFault: urlFaultOf(check.error),
    test,
    createAndSend: () => save.mutate({ url: url.trim(), events: eventsOf(choice) }),
    sendAgain: () => webhookId !== undefined && send(webhookId),
  };
}

function useSave(onSaved: (webhook: Pick<WebhookDocument, 'id'>) => void) {
  const client = useQueryClient();
  const [webhookId, setWebhookId] = useState<string>();
  const save = useMutation({
    mutationFn: (
      body: Pick<WebhookDocument, 'url' | 'events'>,
    ): Promise<Pick<WebhookDocument, 'id'>> =>
      webhookId === undefined
        ? createWebhook({ body })
        : updateWebhook({ path: { id: webhookId }, body }),
    onSuccess: (webhook) => {
      setWebhookId(webhook.id);
      void client.invalidateQueries({ queryKey: listWebhooksQueryKey() });
      onSaved(webhook);
    },
  });
  return { ...save, webhookId };
}

const eventsOf = (choice: FirstChoice): string[] => [
  ...FIRST_CHOICES.find(({ value }) => value === choice)!.events,
];

/** The type to test with: the one that most receivers wait for. For a webhook with all types, the API chooses. */
const testedTypeOf = (choice: FirstChoice) =>
  choice === 'everything' ? undefined : 'session.completed';

/** What the API said about the address. */
function urlFaultOf(error: unknown): string | undefined {
  if (error === null) return undefined;
  const { errors, detail } = problemOf(error);
  return errors.find(({ path }) => path === 'url')?.message ?? detail;
}
