import type { ErrorComponentProps } from '@tanstack/react-router';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { ApiProblem } from '../app/api/api-problem.ts';
import { PageUnreachable } from '../app/page-unreachable.ts';
import { Button } from './button.tsx';
import { Note } from './note.tsx';
import { PageAwaited } from './page-awaited.tsx';
import { ProblemNote } from './problem-note.tsx';

const isUnanswered = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'unreachable';

/** Replaces a page that failed: says what the API said, or that the page has a fault. Better than a blank page. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const { reset: forgetErrors } = useQueryErrorResetBoundary();
  const again = () => {
    forgetErrors();
    reset();
  };
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-5 sm:px-5">
      <h1 className="sr-only">This page could not be shown</h1>
      {error instanceof PageUnreachable || isUnanswered(error) ? (
        <PageAwaited />
      ) : error instanceof ApiProblem ? (
        <ProblemNote error={error} title="This page could not be loaded" onRetry={again} />
      ) : (
        <Note
          tone="bad"
          role="alert"
          title="This page failed"
          actions={<Button onClick={again}>Show it again</Button>}
        >
          <p>
            Nothing was changed. If this happens again, tell whoever runs Schoolbell what it says
            here:
          </p>
          <code className="font-mono text-sm break-words">{String(error)}</code>
        </Note>
      )}
    </div>
  );
}
