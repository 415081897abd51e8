import { CircleCheck, CircleX, Clock, Info, Pause } from 'lucide-react';
import { Note } from '../../ui/note.tsx';
import { visible } from '../../ui/visible.ts';
import { TURNS, type Verdict, type VerdictKind } from './verdict/verdict.ts';
import { VerdictActions } from './verdict-actions.tsx';

type Tone = 'good' | 'bad' | 'wait' | 'calm';

/** How each verdict looks: colour, a mark of its own, and a word. */
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

interface VerdictNoteProps {
  verdict: Verdict;
  /** Which session it is about. */
  sessionId: string | undefined;
}

/** The answer at the top of a story: what became of the completion, what to do next, and whose turn it is. */
export function VerdictNote({ verdict, sessionId }: VerdictNoteProps) {
  const { kind, title, text, next, turn } = verdict;
  return (
    <Note
      tone={VERDICT_LOOKS[kind].tone}
      title={<bdi>{title}</bdi>}
      role="status"
      actions={<VerdictActions verdict={verdict} />}
    >
      {sessionId !== undefined && (
        <p className="text-sm break-all text-muted">
          Session <bdi className="font-mono text-xs">{visible(sessionId)}</bdi>
        </p>
      )}
      <p dir="auto" className="break-words">
        {text}
      </p>
      <p>
        {next}{' '}
        <span className="whitespace-nowrap">
          Whose turn: <strong className="font-semibold">{TURNS[turn]}</strong>.
        </span>
      </p>
    </Note>
  );
}
