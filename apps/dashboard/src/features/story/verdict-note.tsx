import { CircleCheck, CircleX, Clock, Info, Pause } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { Note } from '../../ui/note.tsx';
import { turnWords } from '../../ui/turn.ts';
import { useGrowingOnly } from '../../ui/use-growing-only.ts';
import { visible } from '../../ui/visible.ts';
import { useMay } from '../../app/session/use-me.ts';
import { OtherSessions } from './other-sessions.tsx';
import { RetryOutcome } from './retry-outcome.tsx';
import { packageOf } from './sessions.ts';
import type { Verdict, VerdictKind } from './verdict/verdict.ts';
import type { ToldStory } from './verdict/verdict-of-story.ts';
import { VerdictActions, type VerdictActionsProps } from './verdict-actions.tsx';

type Tone = 'good' | 'bad' | 'wait' | 'calm';

/** The look of each verdict: colour, icon, and a word. */
export const VERDICT_LOOKS: Record<VerdictKind, { tone: Tone; word: string; icon: typeof Info }> = {
  dead: { tone: 'bad', word: 'Did not arrive', icon: CircleX },
  refused: { tone: 'bad', word: 'Refused', icon: CircleX },
  failing: { tone: 'wait', word: 'Not yet arrived', icon: Clock },
  held: { tone: 'wait', word: 'Held', icon: Pause },
  unwanted: { tone: 'wait', word: 'Not wanted', icon: Info },
  discarded: { tone: 'calm', word: 'Discarded', icon: Info },
  unreported: { tone: 'wait', word: 'Never reported as completed', icon: Info },
  on_its_way: { tone: 'calm', word: 'On its way', icon: Clock },
  arrived: { tone: 'good', word: 'Arrived', icon: CircleCheck },
};

interface VerdictNoteProps extends Omit<VerdictActionsProps, 'outcome'> {
  verdict: Verdict;
  story: ToldStory;
}

/** The answer at the top of a story: what became of the completion, what to do next, and whose turn it is. */
export function VerdictNote({ verdict, story, ...retrying }: VerdictNoteProps) {
  const { kind, title, text, next, aside, turn, retryable = [] } = verdict;
  const { about, outcome, others } = story;
  const maySend = useMay('deliveries:write');
  const hasRetry = maySend && (outcome !== undefined || retryable.length > 0);
  const sessionId = about?.sessionId;
  const packageId = about ? packageOf(about) : null;
  return (
    <div ref={useGrowingOnly()} className="grid">
      <Note
        tone={VERDICT_LOOKS[kind].tone}
        title={<bdi>{title}</bdi>}
        role="status"
        actions={<VerdictActions verdict={verdict} outcome={outcome} {...retrying} />}
      >
        {sessionId !== undefined && (
          <p className="text-sm wrap-anywhere text-muted">
            Session <bdi className="font-mono text-xs">{visible(sessionId)}</bdi>
            {packageId !== null && (
              <>
                {' · package '}
                <bdi className="font-mono text-xs">{visible(packageId)}</bdi>
              </>
            )}
          </p>
        )}
        <p dir="auto" className={cx('break-words', hasRetry && 'min-h-[5lh] sm:min-h-[2lh]')}>
          {text}
        </p>
        <p>
          {next}
          {turn !== 'nobody' && (
            <>
              {' '}
              <span className="whitespace-nowrap">
                Whose turn: <strong className="font-semibold">{turnWords(turn)}</strong>.
              </span>
            </>
          )}
        </p>
        <OtherSessions sessions={others} isWarning={kind === 'arrived'} />
        {(hasRetry || aside !== undefined) && <RetryOutcome outcome={outcome} aside={aside} />}
      </Note>
    </div>
  );
}
