import { Link } from '@tanstack/react-router';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Select } from '../../../ui/select.tsx';
import { GuideLoading } from '../guide-loading.tsx';
import { useEventTypes } from '../../../app/api/use-event-types.ts';
import { useGuideSearch } from '../use-guide-search.ts';
import { ExampleRequestView } from './example-request-view.tsx';
import { FORMAT_GUIDES, FORMATS, isFormat } from './format-guides.ts';
import { FormatList } from './format-list.tsx';

/** Each format: when to choose it, and what its requests look like. */
export function FormatsTopic() {
  const [{ format, type = 'session.completed' }, choose] = useGuideSearch();
  const { data, error, refetch } = useEventTypes();
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <GuideLoading label="Loading the formats" />;
  const chosen = isFormat(format) ? format : 'allureconnect';
  const { title, when } = FORMAT_GUIDES[chosen];
  const carrying = data.find(({ name }) => name === type)?.examples ?? [];
  return (
    <div className="grid gap-6 md:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="hidden md:block">
        <FormatList
          chosen={chosen}
          // The custom format has no example until it has a template.
          carrying={[...carrying.map((one) => one.format), 'custom']}
        />
      </div>
      <Select
        label="Format"
        className="w-full md:hidden"
        value={chosen}
        onChange={(next) => choose({ format: next })}
        choices={FORMATS.map((name) => ({ value: name, label: FORMAT_GUIDES[name].title }))}
      />
      <article className="flex min-w-0 flex-col gap-4" aria-label={title}>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="max-w-xl min-w-0">
            <h2 className="text-lg font-semibold">
              {title} <code className="ml-1 font-mono text-sm text-muted">{chosen}</code>
            </h2>
            <p className="text-muted">{when}</p>
            <Link
              to="/guide/{-$topic}"
              params={{ topic: 'verify' }}
              search={(now) => ({ ...now, format: chosen, webhookId: undefined })}
              className="text-link underline underline-offset-2"
            >
              How to verify it
            </Link>
          </div>
          <Select
            label="Event type"
            className="w-full sm:w-56"
            value={type}
            onChange={(next) => choose({ type: next })}
            choices={data.map(({ name }) => ({ value: name, label: name }))}
          />
        </div>
        <ExampleRequestView format={chosen} type={type} />
      </article>
    </div>
  );
}
