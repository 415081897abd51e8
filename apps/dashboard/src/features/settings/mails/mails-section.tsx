import { useInfiniteQuery } from '@tanstack/react-query';
import { listMailsInfiniteOptions } from '@schoolbell/api-client/queries';
import { Mail } from 'lucide-react';
import { useMay } from '../../../app/session/use-me.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PagedList } from '../paged-list.tsx';
import { BY_CURSOR } from '../../../app/api/by-cursor.ts';
import { MailEntry } from './mail-entry.tsx';

/**
 * E-mails to the tenant's people, and whether they were sent. The platform sees their links, to hand them over where
 * there is no mail server.
 */
export function MailsSection() {
  const list = useInfiniteQuery({ ...listMailsInfiniteOptions(), ...BY_CURSOR });
  const mails = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const seesLinks = useMay('platform');
  return (
    <>
      <p className="text-muted">
        What Schoolbell wrote to people, newest first.
        {seesLinks && ' If no mail server is set up, bring them the links yourself.'}
      </p>
      <PagedList list={list} loading="Loading e-mails">
        {mails.length === 0 ? (
          <EmptyState icon={<Mail aria-hidden className="size-8" />} title="No e-mails yet">
            Invitations, links for new passwords, and word of paused webhooks appear here.
          </EmptyState>
        ) : (
          <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
            {mails.map((mail) => (
              <MailEntry key={mail.id} mail={mail} />
            ))}
          </ul>
        )}
      </PagedList>
    </>
  );
}
