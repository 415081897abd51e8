import { useQuery } from '@tanstack/react-query';
import { getWebhookOptions } from '@schoolbell/api-client/queries';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { isFormat } from '../formats/format-guides.ts';
import { useGuideSearch } from '../use-guide-search.ts';
import { isLanguage, type Language, LANGUAGES } from './languages.ts';
import { proofOf, proofOfFormat } from './proof-of.ts';
import { ProofInWords } from './proof-in-words.tsx';
import { WhatToVerify } from './what-to-verify.tsx';

const CHOICES = Object.entries(LANGUAGES).map(([value, { title }]) => ({
  value: value as Language,
  label: title,
}));

/** Code that verifies requests, ready to be pasted, for a webhook or a format. */
export function VerifyTopic() {
  const [search, choose] = useGuideSearch();
  const webhookId = search.webhookId ?? '';
  const format = isFormat(search.format) ? search.format : 'allureconnect';
  const language = isLanguage(search.language) ? search.language : 'node';
  const { data, error, refetch } = useQuery({
    ...getWebhookOptions({ path: { id: webhookId } }),
    enabled: webhookId !== '',
  });
  const loads = webhookId !== '' && !data;
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <p className="max-w-2xl text-muted">
        Anybody can post to an address that they know. The signature proves that a request comes
        from Schoolbell: compute it anew from the bytes that arrived, and compare. The code needs
        only the standard library of its language.
      </p>
      <WhatToVerify webhook={data} webhookId={webhookId} format={format} onChange={choose} />
      {error && !data ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : loads ? (
        <Skeleton className="h-[30rem]" label="Loading the webhook" />
      ) : (
        <ProofInWords
          proof={data && webhookId !== '' ? proofOf(data) : proofOfFormat(format)}
          webhookId={webhookId === '' ? undefined : webhookId}
          language={language}
          chooser={
            <Segmented
              label="Language"
              value={language}
              onChange={(next) => choose({ language: next })}
              choices={CHOICES}
            />
          }
        />
      )}
    </div>
  );
}
