import type { PreviewDocument, WebhookDocument } from '@schoolbell/api-client';
import { useState } from 'react';
import { problemOf } from '../../../../app/api/api-problem.ts';
import { Section } from '../../../../ui/card.tsx';
import { Code } from '../../../../ui/code.tsx';
import { Note } from '../../../../ui/note.tsx';
import { Select } from '../../../../ui/select.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tabs } from '../../../../ui/tabs.tsx';
import { headersAsText, readable } from '../../../../ui/as-text.ts';
import { useValues } from '../use-values.ts';
import { previewed } from './previewed.ts';
import { usePreview } from './use-preview.ts';
import { useChosenTypes } from './use-chosen-types.ts';

/** The request that the form's present values would send. */
export function PreviewPanel({ stored }: { stored?: WebhookDocument }) {
  const values = useValues();
  const types = useChosenTypes(values);
  const [chosen, setChosen] = useState<string>();
  const type = chosen !== undefined && types.includes(chosen) ? chosen : types[0];
  const { shown, error } = usePreview(previewed(values, stored), type);
  return (
    <Section title="Preview" note="What is sent, as the form stands now.">
      <div className="flex flex-col gap-3">
        {type !== undefined && (
          <Select
            label="Event type of the preview"
            value={type}
            onChange={setChosen}
            choices={types.map((value) => ({ value, label: value }))}
            className="w-full font-mono text-sm"
          />
        )}
        {shown ? (
          <Request preview={shown} isOld={error !== null && error !== undefined} />
        ) : (
          !error && <Skeleton className="h-96" label="Making the preview" />
        )}
        {/* Below the request, so that the request stays in place. */}
        <div aria-live="polite">
          {error ? <PreviewFault error={error} /> : shown && <Unsent preview={shown} />}
        </div>
      </div>
    </Section>
  );
}

function PreviewFault({ error }: { error: unknown }) {
  const { detail, errors } = problemOf(error);
  return (
    <Note tone="wait" title="Not as it stands now">
      {errors.length === 0 && <p className="text-sm">{detail}</p>}
      {errors.map(({ path, message }) => (
        <p key={path + message} className="text-sm break-words">
          <code className="font-mono">{path}</code> {message}
        </p>
      ))}
    </Note>
  );
}

function Unsent({ preview: { unsent, filterError } }: { preview: PreviewDocument }) {
  if (unsent) {
    return (
      <Note tone="wait" title="An event like this would not be sent">
        <p className="text-sm break-words">{unsent.message}</p>
      </Note>
    );
  }
  if (filterError !== null) {
    return (
      <Note tone="wait" title="The filter fails on it, so that it is sent">
        <p className="text-sm break-words">{filterError}</p>
      </Note>
    );
  }
  return null;
}

function Request({ preview, isOld }: { preview: PreviewDocument; isOld: boolean }) {
  const [part, setPart] = useState<'body' | 'headers'>('body');
  const { body, headers, url } = preview;
  if (body === null || headers === null) {
    return <p className="text-muted">Without a body there is nothing to show.</p>;
  }
  return (
    <div className={isOld ? 'opacity-60' : undefined}>
      <p title={url} className="mb-1 truncate font-mono text-xs text-muted">
        POST {url}
      </p>
      <Tabs
        label="Parts of the request"
        value={part}
        onChange={setPart}
        tabs={[
          {
            value: 'body',
            label: 'Body',
            content: <Code text={readable(body)} label="the body of the preview" />,
          },
          {
            value: 'headers',
            label: 'Headers',
            content: <Code text={headersAsText(headers)} label="the headers of the preview" />,
          },
        ]}
      />
    </div>
  );
}
