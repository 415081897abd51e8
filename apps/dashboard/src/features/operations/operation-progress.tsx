import { useQuery } from '@tanstack/react-query';
import type { OperationDocument } from '@schoolbell/api-client';
import { getOperationOptions } from '@schoolbell/api-client/queries';
import { useEffect } from 'react';
import { useMay } from '../../app/session/use-me.ts';
import { count } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CancelOperation } from './cancel-operation.tsx';
import { paceOf } from './pace.ts';

const ASK_EVERY_MS = 1_000;

interface OperationProgressProps {
  operationId: string;
  /** What it does and to what: "Retry 1,204 dead letters". */
  title: string;
  /** Called once when it has ended, however it did. */
  onEnd?: (operation: OperationDocument) => void;
}

/** How far an operation is, at which pace, and how long it takes yet; it goes on by itself when the page is closed. */
export function OperationProgress({ operationId, title, onEnd }: OperationProgressProps) {
  const { data, error, refetch } = useQuery({
    ...getOperationOptions({ path: { id: operationId } }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? ASK_EVERY_MS : false),
  });
  const mayCancel = useMay('deliveries:write');
  const ended = data !== undefined && data.status !== 'running';
  useEffect(() => {
    if (ended) onEnd?.(data);
    // Once, when it ends: not whenever the page is drawn with another function.
    // eslint-disable-next-line react/exhaustive-deps
  }, [ended]);
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-16" label="Loading the operation" />;
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line p-4" role="status">
      <div className="flex items-center justify-between gap-4">
        <p className="font-medium">{title}</p>
        {!ended && mayCancel && <CancelOperation operationId={operationId} />}
      </div>
      <progress
        aria-label={title}
        max={Math.max(1, data.total)}
        value={data.done + data.failed}
        className="h-2 w-full overflow-hidden rounded-full accent-accent"
      />
      <p className="text-sm text-muted tabular-nums">{wordsOf(data)}</p>
    </div>
  );
}

function wordsOf(operation: OperationDocument): string {
  const { status, total, done, failed } = operation;
  const soFar = `${count(done)} of ${count(total)} done`;
  const but = failed > 0 ? `, ${failed} could not be` : '';
  switch (status) {
    case 'running':
      return `${soFar}${but}${paceOf(operation, Date.now())}`;
    case 'completed':
      return `Done: ${soFar}${but}.`;
    case 'cancelled':
      return `Cancelled: ${soFar}${but}. What was done stays done.`;
    case 'failed':
      return `It stopped on a fault: ${soFar}${but}. Start it again for the rest.`;
  }
}
