import { previewWebhook, type PreviewDocument, type PreviewWebhook } from '@schoolbell/api-client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDebounced } from '../../use-debounced.ts';

const STILL_MS = 350;

interface Preview {
  /** The last preview that could be made. */
  shown: PreviewDocument | undefined;
  /** Why the present settings have none. */
  error: unknown;
  isNew: boolean;
}

/** The request that settings would send, asked for once they stay unchanged; the last good one is shown meanwhile. */
export function usePreview(settings: PreviewWebhook, type: string | undefined): Preview {
  const body = useDebounced({ ...settings, ...(type !== undefined && { type }) }, STILL_MS);
  const { data, error, isFetching } = useQuery(previewOptions(body));
  const [shown, setShown] = useState<PreviewDocument>();
  if (data && data !== shown) setShown(data);
  return { shown, error: isFetching ? null : error, isNew: data !== undefined };
}

/** The query for settings and a type; equal settings share one. */
export const previewOptions = (body: PreviewWebhook) => ({
  queryKey: ['previewWebhook', body] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => previewWebhook({ body, signal }),
  // Its headers contain a signature of the moment, which nobody compares.
  staleTime: 60_000,
  gcTime: 60_000,
  retry: false,
});
