import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { searchOptions } from '@schoolbell/api-client/queries';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { visible } from '../../ui/visible.ts';
import { groupsOf } from './answer-of.ts';
import { HitGroups } from './hit-groups.tsx';
import { NothingFound } from './nothing-found.tsx';
import { UnderstoodIds } from './understood-ids.tsx';

const MOST_SHOWN = 120;

/** Everything that a text finds, or what to do if that is nothing. */
export function SearchPage() {
  const { q = '' } = useSearch({ from: '/shell/search' });
  const { data, error, refetch } = useQuery({
    ...searchOptions({ query: { q } }),
    enabled: q !== '',
  });
  const shown = visible(q.length > MOST_SHOWN ? `${q.slice(0, MOST_SHOWN)} …` : q);
  const note = q === '' ? undefined : <Searched text={shown} />;
  return (
    <Page title="Search" note={note}>
      {q === '' && <UnderstoodIds />}
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {q !== '' && !data && !error && <Skeleton className="h-64" label="Looking …" />}
      {data &&
        (data.data.length === 0 ? (
          <NothingFound q={q} />
        ) : (
          <HitGroups groups={groupsOf(data.data)} />
        ))}
    </Page>
  );
}

function Searched({ text }: { text: string }) {
  return (
    <>
      For <bdi className="font-mono break-all text-ink">{text}</bdi>
    </>
  );
}
