import type { PreviewDocument } from '@schoolbell/api-client';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { problemOf } from '../../../../app/api/api-problem.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Note } from '../../../../ui/note.tsx';
import { visible } from '../../../../ui/visible.ts';
import { useDebounced } from '../../use-debounced.ts';
import { useValues } from '../use-values.ts';
import { tried } from './previewed.ts';
import { useChosenTypes } from './use-chosen-types.ts';
import { previewOptions } from './use-preview.ts';

const STILL_MS = 600;
const ROW_PIXELS = 37;

/** The results of filter and template for the example of each chosen type. */
export function ExampleResults() {
  const values = useValues();
  const types = useChosenTypes(values);
  const body = useDebounced(tried(values), STILL_MS);
  const results = useQueries({
    queries: types.map((type) => ({
      ...previewOptions({ ...body, type }),
      placeholderData: keepPreviousData<PreviewDocument | undefined>,
    })),
  });
  const failed = results.find(({ error }) => error !== null);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">What it gives for each example</p>
      {/* As high as its rows, whatever they say. */}
      <div style={{ minHeight: types.length * ROW_PIXELS }}>
        {failed ? (
          <ExpressionFault error={failed.error} />
        ) : (
          <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
            {types.map((type, i) => (
              <li
                key={type}
                className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5"
              >
                <code className="font-mono text-xs">{type}</code>
                {results[i]?.data ? (
                  <Result preview={results[i].data} isTemplated={values.format === 'custom'} />
                ) : (
                  <span className="text-xs text-muted">Trying …</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function ExpressionFault({ error }: { error: unknown }) {
  const { detail, errors } = problemOf(error);
  return (
    <Note tone="wait" title="It gives nothing as it stands now">
      <p className="text-sm break-words">
        {errors.map(({ path, message }) => `${path}: ${message}`).join(' ') || detail}
      </p>
    </Note>
  );
}

function Result({ preview, isTemplated }: { preview: PreviewDocument; isTemplated: boolean }) {
  const { unsent, filterError, body } = preview;
  if (unsent?.reason === 'filtered') return <Badge tone="calm">Discarded by the filter</Badge>;
  if (unsent) {
    return (
      <>
        <Badge tone="bad">Not sent</Badge>
        <span className="min-w-0 text-xs break-words text-muted">{visible(unsent.message)}</span>
      </>
    );
  }
  if (filterError !== null) {
    return (
      <>
        <Badge tone="wait">Sent, although the filter fails</Badge>
        <span className="min-w-0 text-xs break-words text-muted">{visible(filterError)}</span>
      </>
    );
  }
  return (
    <>
      <Badge tone="good">Sent</Badge>
      {isTemplated && body !== null && (
        <code title={body} className="min-w-0 grow basis-40 truncate font-mono text-xs text-muted">
          {visible(body)}
        </code>
      )}
    </>
  );
}
