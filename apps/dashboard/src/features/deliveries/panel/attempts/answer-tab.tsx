import type { AttemptDocument } from '@schoolbell/api-client';
import { Code } from '../../../../ui/code.tsx';
import { CopyButton } from '../../../../ui/copy-button.tsx';
import { visible } from '../../../../ui/visible.ts';
import { statusText } from '../../../../ui/status-text.ts';
import { theirRequestId } from '../their-request-id.ts';
import { Headers } from './headers.tsx';

/** The receiver's answer, as plain text. */
export function AnswerTab({ attempt }: { attempt: AttemptDocument }) {
  const { response } = attempt;
  if (!response) {
    return (
      <p className="text-sm text-muted">
        {attempt.outcome === 'interrupted'
          ? 'It is not known whether an answer came: the attempt was cut off on our side.'
          : 'No answer came.'}
      </p>
    );
  }
  const id = theirRequestId(response.headers);
  return (
    <div className="flex flex-col gap-3">
      <p className="font-mono text-xs font-semibold">{statusText(response.status)}</p>
      {id && (
        <p className="flex flex-wrap items-center gap-x-1 text-sm">
          Their server calls this request
          <code className="font-mono break-all">
            <bdi>{visible(id.value)}</bdi>
          </code>
          <CopyButton
            look="quiet"
            className="-my-2 size-7!"
            text={id.value}
            aria-label="Copy their request id"
          />
          <span className="text-muted">({id.name}): look for it in their log.</span>
        </p>
      )}
      <Headers label="Headers of the answer" headers={response.headers} />
      {response.body === '' ? (
        <p className="text-sm text-muted">The answer has no body.</p>
      ) : (
        <Code label="the body of the answer" text={response.body} />
      )}
      {response.truncated && (
        <p className="text-sm text-muted">Their server sent more; the first 16 KiB are kept.</p>
      )}
    </div>
  );
}
