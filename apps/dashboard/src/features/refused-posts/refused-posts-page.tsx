import type { EventRejectionDocument } from '@schoolbell/api-client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { NewerRows } from '../../app/live/newer-rows.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Note } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RejectionDetail } from './rejection-detail.tsx';
import { RejectionFilters } from './rejection-filters.tsx';
import { RejectionList } from './rejection-list.tsx';
import { useRejections } from './use-rejections.ts';

/** Posts that the API refused: the answer to "there is no event". */
export function RefusedPostsPage() {
  const { q, code, open } = useSearch({ from: '/shell/events/refused' });
  const navigate = useNavigate({ from: '/events/refused' });
  const { query, queryKey, newest, rejections, opened, isMissing } = useRejections(q, open);
  const { data, error, refetch } = query;
  const isShown = (one: EventRejectionDocument) => code === undefined || one.code === code;
  const shown = rejections.filter(isShown);
  const close = () => void navigate({ search: (before) => ({ ...before, open: undefined }) });
  return (
    <Page
      title="Refused posts"
      note="Of the last 24 hours. A refused post is not an event: nothing was stored, and nothing will be sent."
      actions={<ButtonLink to="/events">Events</ButtonLink>}
    >
      <RejectionFilters codes={[...new Set(rejections.map((one) => one.code))]} />
      {isMissing && (
        <Note tone="calm" title="This post is not kept any more">
          <p>Refused posts are kept for 24 hours. If it still matters, have it posted again.</p>
        </Note>
      )}
      {error && !data && (
        <ProblemNote
          error={error}
          title="The refused posts could not be loaded"
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <Skeleton className="h-96" label="Loading the refused posts" />}
      {rejections.length > 0 && (
        <NewerRows key={q} rows={rejections} {...{ queryKey, newest, isShown }} />
      )}
      {data && <RejectionList query={query} rejections={shown} isFiltered={Boolean(q ?? code)} />}
      <Drawer open={opened !== undefined} onClose={close} title="Refused post">
        {opened && <RejectionDetail rejection={opened} />}
      </Drawer>
    </Page>
  );
}
