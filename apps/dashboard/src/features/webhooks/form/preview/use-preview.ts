import { previewWebhook, type PreviewDocument, type PreviewWebhook } from '@schoolbell/api-client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDebounced } from '../../use-debounced.ts';

const STILL_MS = 350;

interface Preview {
  /** The last one that could be made. */
  shown: PreviewDocument | undefined;
  /** Why there is none of what stands there now. */
  error: unknown;
  isNew: boolean;
}

/** What settings would send, asked for once they stand still; the last good one stays while somebody types. */
export function usePreview(settings: PreviewWebhook, type: string | undefined): Preview {
  const body = useDebounced({ ...settings, ...(type !== undefined && { type }) }, STILL_MS);
  const { data, error, isFetching } = useQuery(previewOptions(body));
  const [shown, setShown] = useState<PreviewDocument>();
  if (data && data !== shown) setShown(data);
  return { shown, error: isFetching ? null : error, isNew: data !== undefined };
}

/** Of settings and a type; equal settings are asked for once. */
export const previewOptions = (body: PreviewWebhook) => ({
  queryKey: ['previewWebhook', body] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => previewWebhook({ body, signal }),
  // Its headers hold a signature of the moment, and nobody compares them.
  staleTime: 60_000,
  gcTime: 60_000,
  retry: false,
});
