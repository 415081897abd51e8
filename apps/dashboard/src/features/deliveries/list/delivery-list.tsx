import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../../../ui/cx.ts';
import { useWide } from '../../../ui/use-wide.ts';
import type { Deliveries } from '../use-deliveries.ts';
import { useWebhookNames } from '../use-webhook-names.ts';
import { COLUMNS, NarrowRow, ROW_HEIGHT, WideRow } from './delivery-row.tsx';
import { useChosenRow } from './use-chosen-row.ts';

/** Heights of the page's header and the table's head, which would hide a row. */
const COVERED = 56 + 36;
const OVERSCAN = 15;

/** The rows; only those in view are in the DOM, however many were loaded. */
export function DeliveryList({ list, rows }: Pick<Deliveries, 'list' | 'rows'>) {
  const isWide = useWide();
  const { nameOf } = useWebhookNames();
  const box = useRef<HTMLDivElement>(null);
  const height = isWide ? ROW_HEIGHT.wide : ROW_HEIGHT.narrow;
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    // A new function would make it measure every row again, for each frame.
    estimateSize: useCallback(() => height, [height]),
    getItemKey: useCallback((index: number) => rows[index]!.id, [rows]),
    overscan: OVERSCAN,
    scrollMargin: useTopOf(box),
    scrollPaddingStart: COVERED,
    scrollPaddingEnd: height,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height]);
  const show = useCallback((index: number) => virtualizer.scrollToIndex(index), [virtualizer]);
  const chosen = useChosenRow(rows, show);
  const Row = isWide ? WideRow : NarrowRow;
  return (
    <div
      role={isWide ? 'table' : 'list'}
      aria-label="Deliveries"
      aria-rowcount={isWide ? (list.hasNextPage ? -1 : rows.length + 1) : undefined}
      className="rounded-lg border border-line bg-surface"
    >
      {isWide && <Heading />}
      <div
        ref={box}
        role={isWide ? 'rowgroup' : 'presentation'}
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <Row
            key={key}
            delivery={rows[index]!}
            webhookName={nameOf(rows[index]!.webhookId)}
            top={start - virtualizer.options.scrollMargin}
            index={index + 2}
            isChosen={rows[index]!.id === chosen}
          />
        ))}
      </div>
    </div>
  );
}

function Heading() {
  const cell = 'truncate';
  return (
    <div role="rowgroup" className="sticky top-14 z-1 rounded-t-lg bg-surface">
      <div
        role="row"
        aria-rowindex={1}
        className={cx(COLUMNS, 'h-9 border-b border-line text-xs font-medium text-muted')}
      >
        <span role="columnheader">Status</span>
        <span role="columnheader" className={cell}>
          Event
        </span>
        <span role="columnheader" className={cx(cell, 'hidden xl:block')}>
          Learner
        </span>
        <span role="columnheader" className={cell}>
          Webhook
        </span>
        <span role="columnheader" className={cell}>
          Answer
        </span>
        <span role="columnheader" className="text-right">
          Attempts
        </span>
        <span role="columnheader" className="hidden text-right xl:block">
          Time
        </span>
        <span role="columnheader" className="text-right">
          Created
        </span>
      </div>
    </div>
  );
}

/** Where the rows begin on the page; the content above them decides it. */
function useTopOf(box: RefObject<HTMLDivElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(box.current!.getBoundingClientRect().top + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [box]);
  return top;
}
