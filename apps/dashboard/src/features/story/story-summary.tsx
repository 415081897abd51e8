import { counted } from '../../ui/numbers.ts';
import type { ToldStory } from './verdict/verdict-of-story.ts';
import { VERDICT_KINDS } from './verdict/verdict.ts';
import { VERDICT_LOOKS } from './verdict-note.tsx';

interface StorySummaryProps {
  story: ToldStory | undefined;
  events: number;
  hasMore: boolean;
}

/** "112 events in 40 sessions. Completions: 26 arrived, 14 never reported as completed". */
export function StorySummary({ story, events, hasMore }: StorySummaryProps) {
  if (!story) return <>Loading …</>;
  const named = story.sessions.filter(({ session }) => session.sessionId !== undefined).length;
  const counts = VERDICT_KINDS.flatMap((kind) => {
    const times = story.sessions.filter(({ verdict }) => verdict?.kind === kind).length;
    return times > 0 ? [`${times} ${VERDICT_LOOKS[kind].word.toLowerCase()}`] : [];
  });
  const extent = `${hasMore ? 'The newest ' : ''}${counted(events, 'event')}`;
  const sessions = named > 0 ? ` in ${counted(named, 'session')}` : '';
  return (
    // Two lines on narrow windows: the counts change while somebody reads.
    <span className={named > 1 ? 'block min-h-10 sm:min-h-0' : undefined}>
      {extent}
      {sessions}
      {named > 1 && counts.length > 0 && `. Completions: ${counts.join(', ')}`}
    </span>
  );
}
