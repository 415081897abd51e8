import { useLayoutEffect, useRef } from 'react';
import type { DeliveryHistoryDocument } from '@schoolbell/api-client';
import { useMe } from '../../../app/session/use-me.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Note } from '../../../ui/note.tsx';
import { Time } from '../../../ui/time.tsx';
import type { Turn, Verdict } from '../verdict/verdict-input.ts';

interface VerdictNoteProps {
  delivery: DeliveryHistoryDocument;
  verdict: Verdict;
}

/** What happened, what comes next, and whose turn it is. */
export function VerdictNote({ delivery, verdict }: VerdictNoteProps) {
  const isPlatform = useMe().tenantId === null;
  const { tone, title, cause, meaning, step, turn } = verdict;
  return (
    <div ref={useGrowingOnly()} className="grid">
      <Note
        tone={tone}
        className="break-words *:last:grow"
        title={
          <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            {title}
            <TurnBadge turn={turn} isPlatform={isPlatform} />
          </span>
        }
      >
        <p>
          <bdi>{cause}</bdi>
        </p>
        {meaning && <p>{meaning}</p>}
        {step !== undefined && (
          <p>
            <strong className="font-semibold">Next:</strong> {stepWords(step, turn, isPlatform)}
          </p>
        )}
        {delivery.nextAttemptAt !== null && (
          <p className="tabular-nums">
            Next attempt <Time at={delivery.nextAttemptAt} className="font-medium" />
          </p>
        )}
      </Note>
    </div>
  );
}

/** A verdict that becomes shorter while it is read, as after a retry, keeps its place: nothing below it jumps. */
function useGrowingOnly() {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style, offsetHeight } = element.current!;
    style.minHeight = `${offsetHeight}px`;
  });
  return element;
}

/** Who reads it: the customer's own people, or those who look after all customers. */
function stepWords(step: string, turn: Turn, isPlatform: boolean): string {
  if (turn === 'customer' && isPlatform) return `ask the customer to ${step}.`;
  return `${step}.`;
}

function TurnBadge({ turn, isPlatform }: { turn: Turn; isPlatform: boolean }) {
  const words: Record<Turn, string> = {
    customer: isPlatform ? 'The customer’s turn' : 'Your side’s turn',
    schoolbell: 'Schoolbell’s turn',
    runtime: 'The runtime’s turn',
    nobody: 'Nothing to do',
  };
  return <Badge tone={turn === 'nobody' ? 'calm' : 'held'}>{words[turn]}</Badge>;
}
