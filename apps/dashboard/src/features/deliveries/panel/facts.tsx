import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DeliveryHistoryDocument, WebhookDocument } from '@schoolbell/api-client';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';
import { FORMAT_TITLES } from '../../../ui/webhook-format-titles.ts';
import { webhookName } from '../../../ui/webhook-name.ts';
import { opening } from '../opening.ts';

const LINK =
  'text-link underline decoration-line-strong underline-offset-2 hover:decoration-current';

interface FactsProps {
  delivery: DeliveryHistoryDocument;
  webhook: WebhookDocument | null | undefined;
}

/** The raw facts beside the verdict, each a link where it can be. */
export function Facts({ delivery, webhook }: FactsProps) {
  const { event, eventId, id, coalescedInto } = delivery;
  return (
    <dl className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 border-y border-line py-4 text-sm sm:grid-cols-[5.5rem_minmax(0,1fr)] sm:gap-x-4">
      {event?.learnerId && (
        <Fact name="Learner">
          <Link to="/story" search={{ learnerId: event.learnerId }} className={LINK}>
            <bdi>{visible(event.learnerId)}</bdi>
          </Link>
        </Fact>
      )}
      {event?.sessionId && (
        <Fact name="Session">
          <Link to="/story" search={{ sessionId: event.sessionId }} className={LINK}>
            <bdi>{visible(event.sessionId)}</bdi>
          </Link>
        </Fact>
      )}
      <Fact name="Webhook">
        <WebhookOf delivery={delivery} webhook={webhook} />
      </Fact>
      {webhook && <Fact name="Format">{FORMAT_TITLES[webhook.format]}</Fact>}
      <Fact name="Event">
        <Link to="/events/$eventId" params={{ eventId }} className={LINK}>
          {eventId}
        </Link>
        {event && (
          <span className="text-muted">
            {' '}
            happened <Time at={event.occurredAt} as="full" />
          </span>
        )}
      </Fact>
      <Fact name="Delivery">
        <span className="flex items-center gap-1">
          <span className="min-w-0 break-all">{id}</span>
          <CopyButton
            look="quiet"
            className="-my-2 size-6! sm:size-7!"
            text={id}
            aria-label="Copy the id"
          />
        </span>
      </Fact>
      {coalescedInto !== undefined && (
        <Fact name="Sent instead">
          <Link {...opening(coalescedInto)} replace state className={LINK}>
            {coalescedInto}
          </Link>
        </Fact>
      )}
      <Fact name="Created">
        <Time at={delivery.createdAt} as="full" />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function WebhookOf({ delivery: { webhookId }, webhook }: FactsProps) {
  if (webhook === null) return <span className="text-muted">{webhookId}, deleted</span>;
  const name = webhook ? webhookName(webhook) : webhookId;
  return (
    <Link
      to="/webhooks/$webhookId"
      params={{ webhookId }}
      title={name}
      className={cx(LINK, 'line-clamp-2 w-fit wrap-anywhere')}
    >
      <bdi>{name}</bdi>
    </Link>
  );
}
