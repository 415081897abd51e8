import { useState } from 'react';
import type { AttemptDocument, WebhookDocument } from '@schoolbell/api-client';
import { visible } from '../../../../ui/visible.ts';
import { Tabs } from '../../../../ui/tabs.tsx';
import { AnswerTab } from './answer-tab.tsx';
import { RequestTab } from './request-tab.tsx';
import { SignatureTab } from './signature-tab.tsx';

type Tab = 'request' | 'answer' | 'signature';

interface AttemptDetailProps {
  attempt: AttemptDocument;
  webhook: WebhookDocument | null | undefined;
  isErased: boolean;
}

/** The proof of one attempt: what was sent, what came back, and how it was signed. */
export function AttemptDetail({ attempt, webhook, isErased }: AttemptDetailProps) {
  const { error, batch, response } = attempt;
  const [tab, setTab] = useState<Tab>(response && error ? 'answer' : 'request');
  return (
    <div className="flex min-w-0 flex-col gap-3 pt-1.5">
      {error && (
        <p className="break-words">
          <bdi>{visible(error.message)}</bdi>
        </p>
      )}
      {batch && (
        <p className="text-sm text-muted">
          {batch.size} deliveries went in this one request, as batch{' '}
          <code className="font-mono">{batch.id}</code>. It has the batch’s id as its webhook-id,
          and its outcome is that of each of them.
        </p>
      )}
      <p className="text-sm text-muted">
        Trace <code className="font-mono break-all">{attempt.traceId}</code>
      </p>
      <Tabs<Tab>
        label={`Attempt ${attempt.number}`}
        value={tab}
        onChange={setTab}
        tabs={[
          {
            value: 'request',
            label: 'Request',
            content: <RequestTab attempt={attempt} isErased={isErased} />,
          },
          { value: 'answer', label: 'Answer', content: <AnswerTab attempt={attempt} /> },
          {
            value: 'signature',
            label: 'Signature',
            content: <SignatureTab attempt={attempt} webhook={webhook} />,
          },
        ]}
      />
    </div>
  );
}
