import { problemOf } from '../app/api/api-problem.ts';
import { Button } from './button.tsx';
import { Note } from './note.tsx';
import { visible } from './visible.ts';

/** What went wrong, what to do about it, and how to try again. */
export function ProblemNote({
  error,
  title = 'This did not work',
  onRetry,
}: {
  error: unknown;
  title?: string;
  onRetry?: () => void;
}) {
  const { detail, errors, requestId, isPassing } = problemOf(error);
  const again = onRetry && isPassing;
  return (
    <Note
      tone="bad"
      role="alert"
      title={title}
      actions={
        again && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      <p dir="auto" className="break-words">
        {visible(detail)}
      </p>
      {errors.length > 0 && (
        <ul className="list-disc pl-4">
          {errors.map(({ path, message }) => (
            <li key={path + message}>
              <code className="font-mono text-sm break-all">{visible(path)}</code>{' '}
              <bdi>{visible(message)}</bdi>
            </li>
          ))}
        </ul>
      )}
      {requestId !== undefined && <p className="text-xs text-muted">Request {requestId}</p>}
    </Note>
  );
}
