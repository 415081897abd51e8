import { Link } from '@tanstack/react-router';
import type { DeadLetterGroupsDocument, WebhookDocument } from '@schoolbell/api-client';
import { Section } from '../../ui/card.tsx';
import { groupsToActOn } from '../../ui/dead-letter-groups.ts';
import { errorWords } from '../../ui/error-words.ts';
import { count } from '../../ui/numbers.ts';
import { webhookName } from '../../ui/webhook-name.ts';

const MOST = 3;

interface LargestGroupsProps {
  groups: DeadLetterGroupsDocument;
  webhooks: WebhookDocument[];
}

/** The most frequent reasons why deliveries were given up. */
export function LargestGroups({ groups, webhooks }: LargestGroupsProps) {
  const names = new Map(webhooks.map((webhook) => [webhook.id, webhookName(webhook)]));
  return (
    <Section
      title="Dead letters"
      note={
        groups.data.length === 0 ? undefined : 'Why deliveries were given up, most frequent first'
      }
      actions={
        <Link to="/dead-letters" className="text-sm text-link hover:underline">
          All dead letters
        </Link>
      }
    >
      {groups.data.length === 0 ? (
        <p className="text-muted">
          None. A delivery becomes a dead letter when the last attempt of its retry schedule fails.
        </p>
      ) : (
        <ul className="-mx-2">
          {groupsToActOn(groups.data)
            .slice(0, MOST)
            .map(({ webhookId, errorCode, responseStatus, ...group }) => (
              <li
                key={group.key}
                className="relative flex items-center gap-4 rounded-md px-2 py-2 hover:bg-hover"
              >
                <div className="min-w-0 grow">
                  <Link
                    to="/dead-letters"
                    search={{
                      webhookId,
                      errorCode: errorCode ?? undefined,
                      responseStatus: responseStatus?.toString(),
                    }}
                    className="block truncate font-medium after:absolute after:inset-0"
                  >
                    {errorWords(errorCode, responseStatus).label}
                    {responseStatus ? ` (${responseStatus})` : ''}
                  </Link>
                  <p className="truncate text-sm text-muted">
                    <bdi>{names.get(webhookId) ?? 'A deleted webhook'}</bdi>
                  </p>
                </div>
                <span className="font-medium tabular-nums">
                  {groups.complete ? '' : '≥ '}
                  {count(group.count)}
                </span>
              </li>
            ))}
        </ul>
      )}
    </Section>
  );
}
