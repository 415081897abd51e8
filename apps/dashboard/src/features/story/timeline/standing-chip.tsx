import { Link } from '@tanstack/react-router';
import { type LucideIcon, Minus } from 'lucide-react';
import { cx } from '../../../ui/cx.ts';
import { DELIVERY_STATUS } from '../../../ui/delivery-status.tsx';
import { visible } from '../../../ui/visible.ts';
import type { Tone } from '../../../ui/badge.tsx';
import { opening } from '../../deliveries/opening.ts';
import type { StoryEvent } from '../sessions.ts';

const MARKS: Record<Tone, string> = {
  good: 'text-good',
  bad: 'text-bad bg-bad-tint border-transparent',
  wait: 'text-wait',
  held: 'text-held',
  calm: 'text-muted',
};
const CHIP =
  'inline-flex h-6 max-w-44 items-center gap-1.5 rounded-full border border-line px-2 text-xs hover:bg-hover';

interface MarkProps {
  tone: Tone;
  icon: LucideIcon;
  /** The state in a word, for those who see neither colour nor shape. */
  word: string;
  name: string;
}

function Mark({ icon: Icon, word, name }: MarkProps) {
  return (
    <>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">{word}: </span>
      <bdi className="truncate text-ink">{name}</bdi>
    </>
  );
}

/** The state of one delivery; a click opens the delivery. */
export function DeliveryChip({
  delivery,
  name,
}: {
  delivery: StoryEvent['deliveries'][number];
  name: string;
}) {
  const { label, tone, icon } = DELIVERY_STATUS[delivery.status];
  const shown = visible(name);
  return (
    <Link {...opening(delivery.id)} title={`${label}: ${shown}`} className={cx(CHIP, MARKS[tone])}>
      <Mark {...{ tone, icon, name: shown }} word={label} />
    </Link>
  );
}

/** A webhook that has no delivery of the event; a click says why. */
export function UnwantedChip({ name, onAsk }: { name: string; onAsk: () => void }) {
  const shown = visible(name);
  return (
    <button
      type="button"
      onClick={onAsk}
      title={`Not wanted: ${shown}. Why?`}
      className={cx(CHIP, 'border-dashed text-muted')}
    >
      <Minus aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">Not wanted: </span>
      <bdi className="truncate">{shown}</bdi>
    </button>
  );
}
