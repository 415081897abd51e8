import { useInfiniteQuery } from '@tanstack/react-query';
import type { ApiKeyDocument } from '@schoolbell/api-client';
import { listApiKeysInfiniteOptions } from '@schoolbell/api-client/queries';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PagedList } from '../paged-list.tsx';
import { BY_CURSOR } from '../../../app/api/by-cursor.ts';
import { ApiKeyTable } from './api-key-table.tsx';
import { NewApiKeyDialog } from './new-api-key-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

/** API keys: created here, shown once, revoked here. */
export function ApiKeysSection() {
  const list = useInfiniteQuery({ ...listApiKeysInfiniteOptions(), ...BY_CURSOR });
  const keys = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const [creating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<ApiKeyDocument>();
  const create = (
    <Button
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setCreating(true)}
    >
      New API key
    </Button>
  );
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-40 text-muted">
          For programs that post events or ask the API.
        </p>
        {keys.length > 0 && create}
      </div>
      <PagedList list={list} loading="Loading API keys">
        {keys.length === 0 ? (
          <EmptyState
            icon={<KeyRound aria-hidden className="size-8" />}
            title="No API keys yet"
            actions={create}
          >
            A runtime service needs one to post events. Give each program a key of its own, with
            nothing more than it needs.
          </EmptyState>
        ) : (
          <ApiKeyTable keys={keys} onRevoke={setRevoked} />
        )}
      </PagedList>
      <NewApiKeyDialog open={creating} onClose={() => setCreating(false)} />
      <RevokeDialog apiKey={revoked} onClose={() => setRevoked(undefined)} />
    </>
  );
}
