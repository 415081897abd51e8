import { Link } from '@tanstack/react-router';
import type { AuditEntryDocument } from '@schoolbell/api-client';
import { Badge } from '../../../ui/badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';
import { actionWords } from './action-words.ts';
import { changesOf, type FieldChange } from './changes-of.ts';

const KINDS = { user: undefined, api_key: 'API key', platform: 'Platform' } as const;

/** Who did what, and below it each changed field with both values. */
export function AuditEntry({ entry }: { entry: AuditEntryDocument }) {
  const { actor, action, resource, at, address, requestId } = entry;
  const changes = changesOf(entry);
  const kind = KINDS[actor.kind];
  return (
    <li className="flex flex-col gap-1.5 px-4 py-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 break-words">
          <Filtered by={{ actor: actor.id }} className="font-medium">
            {visible(actor.name)}
          </Filtered>{' '}
          {kind && <Badge tone="calm">{kind}</Badge>} {actionWords(action)}{' '}
          <Filtered by={{ resource: resource.id }} className="font-mono text-xs">
            {resource.id}
          </Filtered>
        </p>
        <p className="text-sm whitespace-nowrap text-muted" title={`Request ${requestId}`}>
          {address} · <Time at={at} />
        </p>
      </div>
      {changes.length > 0 && <Changes changes={changes} />}
    </li>
  );
}

/** A click on the value filters by it. */
function Filtered({
  by,
  className,
  children,
}: {
  by: { actor: string } | { resource: string };
  className: string;
  children: string;
}) {
  return (
    <Link
      to="/settings/{-$section}"
      params={{ section: 'audit-log' }}
      search={(search) => ({ ...search, ...by })}
      title="Show only these"
      className={`rounded hover:underline ${className}`}
    >
      <bdi>{children}</bdi>
    </Link>
  );
}

function Changes({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded text-sm text-muted select-none hover:text-ink">
        {summaryOf(changes)}
      </summary>
      <dl className="mt-1.5 grid grid-cols-1 gap-x-4 gap-y-1 text-sm sm:grid-cols-[10rem_1fr]">
        {changes.map(({ field, before, after }) => (
          <div key={field} className="contents">
            <dt className="font-mono text-xs leading-6 text-muted">{field}</dt>
            <dd className="min-w-0 leading-6 break-words">
              <Change before={before} after={after} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Change({ before, after }: Omit<FieldChange, 'field'>) {
  if (before === after)
    return <span className="text-muted">{visible(before ?? '')} (a value in it changed)</span>;
  return (
    <>
      {before !== undefined && (
        <del className="rounded bg-bad-tint px-1 text-bad no-underline">
          <bdi>{visible(before)}</bdi>
        </del>
      )}
      {before !== undefined && <span className="text-muted"> → </span>}
      {after === undefined ? (
        <span className="text-muted">nothing</span>
      ) : (
        <ins className="rounded bg-good-tint px-1 text-good no-underline">
          <bdi>{visible(after)}</bdi>
        </ins>
      )}
    </>
  );
}

/** "timeoutSeconds, events and 3 more" */
function summaryOf(changes: readonly FieldChange[]): string {
  const names = changes.slice(0, 3).map(({ field }) => field);
  const more = changes.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
