import type { TestDocument } from '@schoolbell/api-client';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TestOutcome } from '../testing/test-outcome.tsx';

interface ReceiveStepProps {
  webhookId: string;
  test: TestDocument | undefined;
  error: unknown;
  sending: boolean;
  onSend: () => void;
  onChangeUrl: () => void;
}

/** Sends the test event until it is received. */
export function ReceiveStep(props: ReceiveStepProps) {
  const { webhookId, test, error, sending, onSend, onChangeUrl } = props;
  const received = test?.attempt.outcome === 'delivered';
  return (
    <div className="flex flex-col gap-3">
      {sending && <Skeleton className="h-40" label="Sending the test event" />}
      {sending && <p className="text-sm text-muted">Sending a test event …</p>}
      {!sending && error !== null && (
        <ProblemNote error={error} title="The test event was not sent" onRetry={onSend} />
      )}
      {!sending && test && <TestOutcome attempt={test.attempt} />}
      {!sending && (
        <div className="flex flex-wrap gap-2">
          {received ? (
            <ButtonLink look="primary" to="/webhooks/$webhookId" params={{ webhookId }}>
              Done: see the webhook
            </ButtonLink>
          ) : (
            <Button look="primary" onClick={onSend}>
              Send it again
            </Button>
          )}
          {received && (
            <ButtonLink to="/webhooks/$webhookId" params={{ webhookId }} search={{ tab: 'secret' }}>
              Verify its signature
            </ButtonLink>
          )}
          {!received && <Button onClick={onChangeUrl}>Change the URL</Button>}
        </div>
      )}
    </div>
  );
}
