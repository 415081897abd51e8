import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { previewWebhook } from '@schoolbell/api-client';
import { Code } from '../../../ui/code.tsx';
import { cx } from '../../../ui/cx.ts';
import { Note } from '../../../ui/note.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { readable } from '../../../ui/as-text.ts';
import { exampleSettings, headOf } from './example-request.ts';
import type { Format } from './format-guides.ts';

/** An event type's example as a format sends it, made by the code that sends. */
export function ExampleRequestView({ format, type }: { format: Format; type: string }) {
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['previewWebhook', 'guide', format, type],
    queryFn: ({ signal }) => previewWebhook({ body: exampleSettings(format, type), signal }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-[36rem]" label="Loading the request" />;
  if (data.headers === null || data.body === null) {
    return (
      <Note tone="calm" title={`${format} does not carry ${type}`}>
        <p>{data.unsent?.message} Choose another event type, or another format.</p>
      </Note>
    );
  }
  return (
    <div className={cx('flex flex-col gap-4', isPlaceholderData && 'opacity-55')}>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">Headers</h3>
        <Code text={headOf(data)} label="the headers" maxHeight="none" />
      </section>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">Body</h3>
        <Code text={readable(data.body)} label="the body" maxHeight="none" />
        <p className="text-sm text-muted">
          Formatted for reading. On the wire it has no spaces, and the signature covers exactly
          those bytes.
        </p>
      </section>
    </div>
  );
}
