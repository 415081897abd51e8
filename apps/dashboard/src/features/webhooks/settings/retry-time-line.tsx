import { cx } from '../../../ui/cx.ts';
import { inWords } from './durations.ts';
import { timeLineOf } from './time-line.ts';

/** Marks closer than this, in percent, have no room for labels; on a phone there is less room. */
const LEAST_GAP = 9;
const LEAST_GAP_NARROW = 18;

/** When a delivery is retried and when it is given up: a line with a mark for each attempt. */
export function RetryTimeLine({ delays }: { delays: readonly number[] }) {
  const marks = timeLineOf(delays);
  const end = marks.at(-1)!.at;
  const labelled = labelledOf(marks, LEAST_GAP);
  const labelledNarrow = labelledOf(marks, LEAST_GAP_NARROW);
  return (
    <figure aria-label="Retry schedule as a time line" className="m-0 flex flex-col gap-2">
      <div aria-hidden className="relative mx-2 h-12">
        <div className="absolute inset-x-0 top-2 h-0.5 bg-line" />
        {marks.map(({ place, delay }, i) => {
          const isLast = i === marks.length - 1;
          return (
            <div key={i} className="absolute top-0 w-0" style={{ left: `${place}%` }}>
              <div
                className={cx(
                  'absolute top-0.5 -left-1.5 size-3 rounded-full border-2 border-surface',
                  isLast && i > 0 ? 'bg-bad-mark' : 'bg-accent',
                )}
              />
              {labelled.has(place) && (
                <span
                  className={cx(
                    'absolute top-5 text-xs whitespace-nowrap text-muted tabular-nums',
                    !labelledNarrow.has(place) && 'max-sm:hidden',
                    i === 0 ? '-left-1.5' : isLast ? 'right-[-0.375rem]' : '-translate-x-1/2',
                  )}
                >
                  {i === 0 ? 'at once' : `+ ${inWords(delay)}`}
                </span>
              )}
            </div>
          );
        })}
      </div>
      <figcaption className="text-sm text-muted">
        {marks.length} attempts{delays.length > 0 && `: at once, then after ${wordsOf(delays)}`}.
        {delays.length > 0 && ` Given up ${inWords(end)} after the first one: `}
        {delays.length > 0 && 'it is then a dead letter, and can be retried by hand.'}
      </figcaption>
    </figure>
  );
}

/** Which marks have a label: the first, the last, and as many between them as fit. */
function labelledOf(marks: readonly { place: number }[], leastGap: number): Set<number> {
  const labelled = new Set<number>();
  let latest = -leastGap;
  for (const { place } of marks.slice(0, -1)) {
    if (place - latest < leastGap || 100 - place < leastGap) continue;
    labelled.add(place);
    latest = place;
  }
  return labelled.add(marks.at(-1)!.place);
}

function wordsOf(delays: readonly number[]): string {
  const words = delays.map(inWords);
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
