import { useState } from 'react';
import type { AttemptDocument } from '@schoolbell/api-client';
import { useMe } from '../../../../app/session/use-me.ts';
import { Code } from '../../../../ui/code.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { visible } from '../../../../ui/visible.ts';
import { prettyBody } from '../pretty-body.ts';
import { Headers } from './headers.tsx';

interface RequestTabProps {
  attempt: AttemptDocument;
  isErased: boolean;
}

/** The bytes as they were sent. */
export function RequestTab({ attempt, isErased }: RequestTabProps) {
  const { request, url } = attempt;
  return (
    <div className="flex flex-col gap-3">
      <p className="font-mono text-xs break-all">
        <span className="font-semibold">POST</span> <bdi>{visible(url)}</bdi>
      </p>
      <Headers label="Headers of the request" headers={request.headers} />
      {request.body === null ? <NoBody isErased={isErased} /> : <Body body={request.body} />}
    </div>
  );
}

function Body({ body }: { body: string }) {
  const [form, setForm] = useState<'pretty' | 'raw'>('pretty');
  const pretty = prettyBody(body);
  const isPretty = form === 'pretty' && pretty !== undefined;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h4 className="text-sm font-medium">
          {isPretty ? 'Body, laid out to read' : 'Body, byte for byte'}
        </h4>
        {pretty !== undefined && (
          <Segmented
            label="Form of the body"
            value={form}
            onChange={setForm}
            choices={[
              { value: 'pretty', label: 'Pretty' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        )}
      </div>
      <Code label="the body of the request" text={isPretty ? pretty : body} />
    </div>
  );
}

/** The API gives no reason, so the text follows from what is known. */
function NoBody({ isErased }: { isErased: boolean }) {
  const { role } = useMe();
  const words = isErased
    ? 'The body is gone: the event was erased.'
    : role === 'viewer'
      ? 'Your role does not see what was sent. An owner can show it to viewers in Settings.'
      : 'The body is not known: the event was pruned, or no request was made.';
  return <p className="text-sm text-muted">{words}</p>;
}
