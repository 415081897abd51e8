import { problemOf } from '../app/api/api-problem.ts';
import { Button } from './button.tsx';
import { Note } from './note.tsx';
import { visible } from './visible.ts';

interface ProblemNoteProps {
  error: unknown;
  title?: string;
  /** Loads again what could not be loaded. Where it repeats an action instead, pass a `title`. */
  onRetry?: () => void;
}

/** What went wrong, what to do about it, and how to try again. */
export function ProblemNote({
  error,
  onRetry,
  title = onRetry ? 'This could not be loaded' : 'This did not work',
}: ProblemNoteProps) {
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
