import type { AttemptDocument } from '@schoolbell/api-client';
import { useState } from 'react';
import { Code } from '../../../ui/code.tsx';
import { Note } from '../../../ui/note.tsx';
import { PhaseBar } from '../../../ui/phase-bar.tsx';
import { statusText } from '../../../ui/status-text.ts';
import { Tabs } from '../../../ui/tabs.tsx';
import { visible } from '../../../ui/visible.ts';
import { failureInWords } from './answer-in-words.ts';
import { headersAsText, readable } from '../../../ui/as-text.ts';

type Part = 'answer' | 'answer-headers' | 'request' | 'request-headers';

/** The result of a test: in words, how long it took, the answer, and the request. */
export function TestOutcome({ attempt }: { attempt: AttemptDocument }) {
  return (
    <div className="flex flex-col gap-3">
      <OutcomeInWords attempt={attempt} />
      <div className="flex flex-col gap-1.5">
        <PhaseBar timings={attempt.timings} />
      </div>
      <Exchange attempt={attempt} />
    </div>
  );
}

function OutcomeInWords({ attempt }: { attempt: AttemptDocument }) {
  const failure = failureInWords(attempt);
  if (attempt.outcome === 'delivered') {
    return (
      <Note tone="good" role="status" title="The test event was received">
        <p>
          The receiver answered {attempt.response ? statusText(attempt.response.status) : ''}.
          Events go out like this one.
        </p>
      </Note>
    );
  }
  return (
    <Note tone="bad" role="alert" title={failure?.title ?? 'The attempt was cut off on our side'}>
      <p>{failure?.todo ?? 'Send it again.'}</p>
      {attempt.error && attempt.error.code !== 'http_status' && (
        <p className="text-sm break-words text-muted">{visible(attempt.error.message)}</p>
      )}
    </Note>
  );
}

function Exchange({ attempt: { request, response } }: { attempt: AttemptDocument }) {
  const [part, setPart] = useState<Part>(response ? 'answer' : 'request');
  const shown = (value: Part, label: string, text: string, empty: string) => ({
    value,
    label,
    content:
      text === '' ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <Code text={text} label={label} maxHeight="low" />
      ),
  });
  const answer = response
    ? [
        shown('answer', 'Answer', response.body, 'The answer has no body.'),
        shown('answer-headers', 'Its headers', headersAsText(response.headers), 'None.'),
      ]
    : [];
  return (
    <Tabs
      label="What was sent and answered"
      value={part}
      onChange={setPart}
      tabs={[
        ...answer,
        shown('request', 'Request', readable(request.body ?? ''), 'Nothing was sent.'),
        shown('request-headers', 'Request headers', headersAsText(request.headers), 'None.'),
      ]}
    />
  );
}
