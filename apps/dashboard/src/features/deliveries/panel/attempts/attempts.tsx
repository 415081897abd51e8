import { useState } from 'react';
import type { DeliveryHistoryDocument, WebhookDocument } from '@schoolbell/api-client';
import { Button } from '../../../../ui/button.tsx';
import { counted } from '../../../../ui/numbers.ts';
import { AttemptItem } from './attempt-item.tsx';

/** A delivery can have hundreds of attempts; the latest ones matter. */
const MOST_SHOWN = 8;

interface AttemptsProps {
  delivery: DeliveryHistoryDocument;
  webhook: WebhookDocument | null | undefined;
}

/** Every request, oldest first; one of them is open and shows everything sent and answered. */
export function Attempts({ delivery, webhook }: AttemptsProps) {
  const { attempts, attemptCount } = delivery;
  const last = attempts.at(-1)?.id;
  /** Undefined: the latest attempt, even as more follow; null: none. */
  const [chosen, setChosen] = useState<string | null>();
  const [isAll, setAll] = useState(false);
  const open = chosen === undefined ? last : chosen;
  const left = isAll ? 0 : Math.max(0, attempts.length - MOST_SHOWN);
  return (
    <section aria-label="Attempts" className="flex flex-col gap-3">
      <h3 className="font-semibold">
        {attempts.length > 0
          ? counted(attempts.length, 'attempt')
          : attemptCount > 0
            ? 'Attempts are no longer kept'
            : 'No attempts yet'}
      </h3>
      {delivery.erased && (
        <p className="text-sm text-muted">
          The event was erased: what was sent and answered is no longer kept.
        </p>
      )}
      {left > 0 && (
        <Button size="small" className="self-start" onClick={() => setAll(true)}>
          Show {counted(left, 'earlier attempt')}
        </Button>
      )}
      <ol className="flex flex-col">
        {attempts.slice(left).map((attempt) => (
          <AttemptItem
            key={attempt.id}
            attempt={attempt}
            webhook={webhook}
            isOpen={attempt.id === open}
            isErased={delivery.erased ?? false}
            onToggle={() => setChosen(attempt.id === open ? null : attempt.id)}
          />
        ))}
      </ol>
    </section>
  );
}
