import { percent } from '../../ui/numbers.ts';
import type { StoryEvent } from './sessions.ts';

const LABELS: Record<string, string> = {
  'session.launched': 'Launched',
  'session.progress': 'Progress',
  'session.scored': 'Scored',
  'session.completed': 'Completed',
};

/** What happened, in a word; the type itself if it has none. */
export const labelOf = ({ type }: Pick<StoryEvent, 'type'>): string => LABELS[type] ?? type;

/** Progress and result, as far as the event has them: "incomplete, 40 %". */
export function detailsOf({ type, data }: Pick<StoryEvent, 'type' | 'data'>): string {
  const { completionStatus, successStatus, progressMeasure, scoreScaled, scoreRaw } = data ?? {};
  return [
    // A completion's name already says "completed".
    type === 'session.completed' && completionStatus === 'completed' ? undefined : completionStatus,
    successStatus === 'unknown' ? undefined : successStatus,
    typeof progressMeasure === 'number' ? percent(progressMeasure) : undefined,
    typeof scoreScaled === 'number' ? `score ${percent(scoreScaled)}` : undefined,
    typeof scoreScaled !== 'number' && typeof scoreRaw === 'number'
      ? `score ${scoreRaw}`
      : undefined,
  ]
    .filter((word) => typeof word === 'string')
    .join(', ');
}
