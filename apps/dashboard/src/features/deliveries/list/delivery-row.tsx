import type { DeliveryDocument } from '@schoolbell/api-client';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { cx } from '../../../ui/cx.ts';
import { DeliveryStatusBadge } from '../../../ui/delivery-status.tsx';
import { count, duration } from '../../../ui/numbers.ts';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';
import { opening } from '../opening.ts';
import { answerWords } from '../words/outcome-words.ts';

/** Pixels; all rows have the same height, so that none has to be measured. */
export const ROW_HEIGHT = { wide: 36, narrow: 60 };

/** Below 1280 pixels there is no room for the learner and the response time. */
export const COLUMNS =
  'grid grid-cols-[6.5rem_minmax(0,1.2fr)_minmax(0,1.4fr)_minmax(0,1.3fr)_4rem_5rem] items-center gap-3 px-4 text-sm xl:grid-cols-[6.25rem_minmax(0,1.15fr)_minmax(0,1fr)_minmax(0,1.25fr)_minmax(0,1.35fr)_4rem_4rem_5rem]';

interface RowProps {
  delivery: DeliveryDocument;
  webhookName: string;
  /** From the top of the list, in pixels. */
  top: number;
  /** From 1, the head of the table being row 1. */
  index: number;
  isChosen: boolean;
}

const rowClass = (isChosen: boolean) =>
  cx(
    'absolute inset-x-0 border-b border-line hover:bg-hover has-[a:focus-visible]:bg-hover',
    isChosen && 'bg-hover',
  );

/** A delivery in the table. */
export const WideRow = memo(function WideRow({
  delivery,
  webhookName,
  top,
  index,
  isChosen,
}: RowProps) {
  const { attemptCount, createdAt, lastAttempt, status } = delivery;
  const took = lastAttempt?.durationMs;
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={cx(rowClass(isChosen), COLUMNS)}
      style={{ height: ROW_HEIGHT.wide, top }}
    >
      <span role="cell">
        <DeliveryStatusBadge status={status} />
      </span>
      <span role="cell" className="flex min-w-0 items-center gap-2">
        <RowLink delivery={delivery} />
        {delivery.test && <Badge tone="calm">Test</Badge>}
      </span>
      <span role="cell" className="hidden truncate font-mono text-sm xl:block">
        <About delivery={delivery} />
      </span>
      <span role="cell" title={webhookName} className="truncate">
        <bdi>{webhookName}</bdi>
      </span>
      <span role="cell" className="truncate">
        <Answer delivery={delivery} />
      </span>
      <span role="cell" className="text-right tabular-nums">
        {count(attemptCount)}
      </span>
      <span role="cell" className="hidden text-right tabular-nums xl:block">
        {typeof took === 'number' ? duration(took) : '–'}
      </span>
      <span role="cell" className="text-right text-muted">
        <Time at={createdAt} />
      </span>
    </div>
  );
});

/** The same in two lines, for narrow windows. */
export const NarrowRow = memo(function NarrowRow({
  delivery,
  webhookName,
  top,
  isChosen,
}: RowProps) {
  return (
    <div
      role="listitem"
      className={cx(rowClass(isChosen), 'flex flex-col justify-center gap-0.5 px-3')}
      style={{ height: ROW_HEIGHT.narrow, top }}
    >
      <div className="flex items-center gap-2">
        <DeliveryStatusBadge status={delivery.status} />
        <RowLink delivery={delivery} />
        <Time at={delivery.createdAt} className="ml-auto shrink-0 text-xs text-muted" />
      </div>
      <div className="flex gap-2 text-sm text-muted">
        <span className="min-w-0 grow truncate">
          <bdi>{webhookName}</bdi>
        </span>
        <span className="max-w-3/5 shrink-0 truncate">
          <Answer delivery={delivery} />
        </span>
      </div>
    </div>
  );
});

/** The whole row links to the delivery: it can be focused, and opened in another tab. */
function RowLink({ delivery: { id, eventType } }: Pick<RowProps, 'delivery'>) {
  return (
    <Link
      {...opening(id)}
      data-delivery={id}
      title={eventType}
      className="min-w-0 truncate font-mono text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
    >
      {visible(eventType)}
    </Link>
  );
}

/** Whom the delivery is about, as far as that is known. */
function About({ delivery: { event, eventId } }: Pick<RowProps, 'delivery'>) {
  const learnerId = event?.learnerId;
  if (learnerId) {
    return <bdi title={learnerId}>{visible(learnerId)}</bdi>;
  }
  const other = event?.sessionId ?? event?.packageId ?? eventId;
  return (
    <bdi title={other} className="text-muted">
      {visible(other)}
    </bdi>
  );
}

function Answer({ delivery: { lastAttempt } }: Pick<RowProps, 'delivery'>) {
  if (!lastAttempt) return <span className="text-muted">–</span>;
  const words = answerWords(lastAttempt);
  return (
    <span title={words} className={lastAttempt.errorCode === null ? undefined : 'text-bad'}>
      {words}
    </span>
  );
}
