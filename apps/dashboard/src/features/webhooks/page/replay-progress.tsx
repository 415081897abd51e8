import { useNavigate, useSearch } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { OperationProgress } from '../../operations/operation-progress.tsx';
import { useWebhookChanged } from '../use-webhook-changed.ts';

interface ReplayProgressProps {
  webhookId: string;
  /** Shown while there is no replay. */
  children: ReactNode;
}

/** The progress of the replay that the address names, until the user hides it. */
export function ReplayProgress({ webhookId, children }: ReplayProgressProps) {
  const { operation } = useSearch({ from: '/shell/webhooks/$webhookId' });
  const changed = useWebhookChanged(webhookId);
  const navigate = useNavigate();
  if (operation === undefined) return children;
  const hide = () =>
    void navigate({ to: '/webhooks/$webhookId', params: { webhookId }, replace: true });
  return (
    <div className="flex min-h-27 items-start gap-2">
      <div className="min-w-0 grow">
        <OperationProgress
          key={operation}
          operationId={operation}
          title="Replay of events"
          onEnd={() => void changed()}
        />
      </div>
      <Button
        look="quiet"
        size="icon"
        aria-label="Hide the progress"
        icon={<X aria-hidden className="size-4" />}
        onClick={hide}
      />
    </div>
  );
}
