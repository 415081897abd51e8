import { getWebhookSecret } from '@schoolbell/api-client';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { downloadText } from '../../../ui/download-text.ts';

/** Media type of a secret with everything that a receiver needs to verify. */
const ASKING_FOR_FILE: Record<string, string> = {
  Accept: 'application/vnd.schoolbell.secret+json',
};

/** Saves the secret as a file that also says the header, encoding and algorithm. */
export function DownloadSecret({ webhookId }: { webhookId: string }) {
  const download = useMutation({
    mutationFn: () => getWebhookSecret({ path: { id: webhookId }, headers: ASKING_FOR_FILE }),
    gcTime: 0,
    onSuccess: (file) =>
      downloadText(`${webhookId}.json`, JSON.stringify(file, null, 2), 'application/json'),
  });
  return (
    <>
      <Button
        icon={<Download aria-hidden className="size-4" />}
        busy={download.isPending && 'Reading …'}
        onClick={() => download.mutate()}
      >
        Download
      </Button>
      {download.error && <ProblemNote error={download.error} title="Nothing was downloaded" />}
    </>
  );
}
