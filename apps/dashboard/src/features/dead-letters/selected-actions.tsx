import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { count } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { useMayAct, useStartOperation } from './use-operation.ts';

/** The most that the API takes in one call. */
const MOST = 1_000;

interface SelectedActionsProps {
  chosen: string[];
  shown: number;
  onChooseAll: (all: boolean) => void;
}

/** Above the list: how many are chosen, and what can be done with them. */
export function SelectedActions({ chosen, shown, onChooseAll }: SelectedActionsProps) {
  const may = useMayAct();
  const start = useStartOperation();
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  if (!may.retry) return null;
  const none = chosen.length === 0 || chosen.length > MOST;
  const words =
    chosen.length > MOST
      ? `${count(chosen.length)} chosen, of which ${count(MOST)} can go at once`
      : chosen.length > 0
        ? `${count(chosen.length)} chosen`
        : 'Choose all that are shown';
  const act = (action: 'retry' | 'discard') =>
    start.mutate({ action, selection: { ids: chosen } }, { onSuccess: () => onChooseAll(false) });
  return (
    <>
      {start.error && <ProblemNote error={start.error} title="It was not started" />}
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2 pl-4">
        <Checkbox
          checked={chosen.length === shown}
          indeterminate={chosen.length > 0 && chosen.length < shown}
          onChange={onChooseAll}
        >
          <span className="text-sm tabular-nums">{words}</span>
        </Checkbox>
        <div className="flex gap-2">
          <Button size="small" disabled={none || start.isPending} onClick={() => act('retry')}>
            Retry selected
          </Button>
          {may.discard && (
            <Button
              size="small"
              look="quiet"
              disabled={none || start.isPending}
              onClick={() => setAsksToDiscard(true)}
            >
              Discard selected …
            </Button>
          )}
        </div>
      </div>
      <DiscardDialog
        open={asksToDiscard}
        onClose={() => setAsksToDiscard(false)}
        what={count(chosen.length)}
        isOne={chosen.length === 1}
        onDiscard={() => act('discard')}
      />
    </>
  );
}
