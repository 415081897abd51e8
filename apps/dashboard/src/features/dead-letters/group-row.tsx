import { Link } from '@tanstack/react-router';
import type { WebhookDocument } from '@schoolbell/api-client';
import { Badge } from '../../ui/badge.tsx';
import { errorWords } from '../../ui/error-words.ts';
import { count } from '../../ui/numbers.ts';
import { Time } from '../../ui/time.tsx';
import { webhookName } from '../../ui/webhook-name.ts';
import { opening } from '../deliveries/opening.ts';
import { GroupActions } from './group-actions.tsx';
import type { Group } from '../../ui/dead-letter-groups.ts';
import type { GroupRowProps } from './group-row-props.ts';
import { deadLettersRoute } from './use-filters.ts';

const WHOSE = {
  receiver: { label: 'Receiver', tone: 'bad' },
  setting: { label: 'Setting', tone: 'wait' },
  platform: { label: 'Our side', tone: 'held' },
} as const;

/** One cause: what happened and whose turn it is, how often, and what can be done. */
export function GroupRow(props: GroupRowProps) {
  const { group, webhook, isExact } = props;
  const { label, advice, whose } = errorWords(group.errorCode, group.responseStatus);
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3.5" aria-label={`${label}, ${nameOf(webhook)}`}>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h2 className="font-semibold">
            {label}
            {group.responseStatus !== null && ` (${group.responseStatus})`}
          </h2>
          <Badge tone={WHOSE[whose].tone}>{WHOSE[whose].label}</Badge>
        </div>
        <p className="text-right text-xl leading-tight font-semibold tabular-nums">
          {isExact ? '' : '≥ '}
          {count(group.count)}
        </p>
        <p className="text-sm">{advice}</p>
        <ShowThem group={group} />
        <div className="col-span-2 flex min-w-0 flex-wrap items-center gap-x-3 text-sm text-muted sm:gap-x-1.5">
          <WebhookLink webhook={webhook} />
          <span aria-hidden className="hidden sm:inline">
            ·
          </span>
          <span>
            <Span group={group} />
          </span>
          <span aria-hidden className="hidden sm:inline">
            ·
          </span>
          <span>
            newest:{' '}
            <Link {...opening(group.example.id)} className="text-link hover:underline">
              {group.example.eventType}
            </Link>
          </span>
        </div>
      </div>
      <GroupActions {...props} />
    </li>
  );
}

const nameOf = (webhook: WebhookDocument | undefined): string =>
  webhook ? webhookName(webhook) : 'A deleted webhook';

function WebhookLink({ webhook }: { webhook: WebhookDocument | undefined }) {
  if (!webhook) return <span>A deleted webhook</span>;
  return (
    <Link
      to="/webhooks/$webhookId"
      params={{ webhookId: webhook.id }}
      title={`${webhookName(webhook)}\n${webhook.url}`}
      className="max-w-full truncate text-link hover:underline"
    >
      <bdi>{webhookName(webhook)}</bdi>
    </Link>
  );
}

/** Narrows the page to this group. */
function ShowThem({ group: { webhookId, errorCode, responseStatus } }: { group: Group }) {
  const search = deadLettersRoute.useSearch();
  if (errorCode === null) return <span />;
  return (
    <Link
      to="/dead-letters"
      search={{ ...search, webhookId, errorCode, responseStatus: responseStatus?.toString() }}
      resetScroll={false}
      className="text-right text-sm text-link hover:underline"
    >
      List them
    </Link>
  );
}

function Span({ group: { first, last } }: { group: Group }) {
  return first === last ? (
    <>
      Died <Time at={last} />
    </>
  ) : (
    <>
      First <Time at={first} />, last <Time at={last} />
    </>
  );
}
