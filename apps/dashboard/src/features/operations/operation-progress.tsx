import { useQuery } from '@tanstack/react-query';
import type { OperationDocument } from '@schoolbell/api-client';
import { getOperationOptions } from '@schoolbell/api-client/queries';
import { type ReactNode, useEffect } from 'react';
import { useMay } from '../../app/session/use-me.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CancelOperation } from './cancel-operation.tsx';
import { OperationState } from './operation-state.tsx';
import { progressOf, titleOf } from './operation-words.ts';

const ASK_EVERY_MS = 1_000;

interface OperationProgressProps {
  operationId: string;
  /** What it does and to what, if the page knows more than the operation says. */
  title?: string;
  /** Called once when it has ended, whatever the result. */
  onEnd?: (operation: OperationDocument) => void;
  /** Shown beside its title once it has ended, such as a button to hide it. */
  whenEnded?: ReactNode;
}

/** An operation's progress, its pace and the time left; the operation continues when the page is closed. */
export function OperationProgress({
  operationId,
  title,
  onEnd,
  whenEnded,
}: OperationProgressProps) {
  const { data, dataUpdatedAt, error, refetch } = useOperation(operationId, onEnd);
  const mayCancel = useMay('deliveries:write');
  if (error && !data) {
    return (
      <ProblemNote
        error={error}
        title="How far it is could not be loaded"
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <Skeleton className="h-27 rounded-lg lg:h-18" label="Loading the operation" />;
  const isRunning = data.status === 'running';
  const name = title ?? titleOf(data);
  return (
    <section
      aria-label={name}
      className="flex min-h-27 lg:min-h-18 flex-col justify-between gap-2 rounded-lg border border-line bg-surface px-4 pt-2 pb-3"
    >
      <div className="flex min-h-7.5 flex-wrap items-center gap-x-2.5 gap-y-1">
        <p className="font-medium">{name}</p>
        <OperationState status={data.status} />
        {/* Read out when it ends, rather than every second. */}
        <p
          className="order-last grow basis-full text-sm text-muted tabular-nums lg:order-none lg:basis-0"
          aria-live={isRunning ? 'off' : 'polite'}
        >
          {progressOf(data, dataUpdatedAt)}
        </p>
        <div className="ml-auto">
          {isRunning ? mayCancel && <CancelOperation operationId={operationId} /> : whenEnded}
        </div>
      </div>
      <progress
        aria-label={name}
        max={Math.max(1, data.total)}
        value={data.done + data.failed}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-calm-tint [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-calm-tint [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
      />
    </section>
  );
}

function useOperation(id: string, onEnd?: (operation: OperationDocument) => void) {
  const query = useQuery({
    ...getOperationOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? ASK_EVERY_MS : false),
  });
  const { data } = query;
  const ended = data !== undefined && data.status !== 'running';
  useEffect(() => {
    if (ended) onEnd?.(data);
    // Only when it ends: not whenever the page renders with a new function.
    // eslint-disable-next-line react/exhaustive-deps
  }, [ended]);
  return query;
}
