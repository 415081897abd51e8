import { useQuery } from '@tanstack/react-query';
import type { OperationDocument } from '@schoolbell/api-client';
import { listOperationsOptions } from '@schoolbell/api-client/queries';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OperationProgress } from './operation-progress.tsx';

/** Somebody else may start one at any time. */
const ASK_EVERY_MS = 5_000;

interface RunningOperationsProps {
  /** Limits the list to these kinds; undefined shows all. */
  kinds?: readonly OperationDocument['kind'][];
  /** The operation in the address: it stays after it has ended, until the user hides it. */
  chosen?: string;
  onPutAway?: () => void;
  /** Called when one of the operations has ended. */
  onEnd?: () => void;
}

/** Background operations, whoever started them; or, in the same place, that there is none. */
export function RunningOperations({ kinds, chosen, onPutAway, onEnd }: RunningOperationsProps) {
  const { data, error, refetch } = useQuery({
    ...listOperationsOptions({ query: { status: 'running' } }),
    refetchInterval: ASK_EVERY_MS,
  });
  if (error && !data) {
    return (
      <ProblemNote
        error={error}
        title="What is under way could not be loaded"
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data && chosen === undefined) {
    return <Skeleton className="h-18 rounded-lg" label="Loading what is under way" />;
  }
  const running = data?.data.filter(({ kind }) => !kinds || kinds.includes(kind)) ?? [];
  const ids = [...new Set([...(chosen ? [chosen] : []), ...running.map(({ id }) => id)])];
  if (ids.length === 0) return <NothingRuns />;
  return (
    <div className="flex flex-col gap-2">
      {ids.map((id) => (
        <OperationProgress
          key={id}
          operationId={id}
          onEnd={onEnd}
          whenEnded={
            id === chosen &&
            onPutAway && (
              <Button size="small" look="quiet" onClick={onPutAway}>
                Put away
              </Button>
            )
          }
        />
      ))}
    </div>
  );
}

function NothingRuns() {
  return (
    <p className="flex min-h-18 items-center rounded-lg border border-dashed border-line px-4 py-3 text-sm text-muted">
      Nothing is running. What is retried, discarded or replayed in bulk is shown here.
    </p>
  );
}
