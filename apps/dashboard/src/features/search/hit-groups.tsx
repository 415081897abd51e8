import { Link } from '@tanstack/react-router';
import type { SearchHitDocument } from '@schoolbell/api-client';
import { useEffect, useRef } from 'react';
import { ChevronRight } from 'lucide-react';
import { Section } from '../../ui/card.tsx';
import { count } from '../../ui/numbers.ts';
import type { HitGroup } from './answer-of.ts';
import { HIT_KINDS } from './hit-kinds.ts';
import { HitRow } from './hit-row.tsx';
import { recentAnswers } from './recent-answers.ts';
import { targetOf } from './target-of.ts';

const ROW = 'flex items-center gap-3 px-4 py-2.5';

/** The hits by kind. The first one has the focus, so that Enter opens it. */
export function HitGroups({ groups }: { groups: readonly HitGroup[] }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) list.current?.querySelector('a')?.focus();
  }, []);
  return (
    <div ref={list} className="flex flex-col gap-4">
      {groups.map(({ kind, hits }) => (
        <Section key={kind} title={`${HIT_KINDS[kind].plural} (${count(hits.length)})`}>
          <ul className="-mx-4 -mb-4 divide-y divide-line border-t border-line">
            {hits.map((hit) => (
              <li key={hit.id}>
                <HitLink hit={hit} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

function HitLink({ hit }: { hit: SearchHitDocument }) {
  const target = targetOf(hit);
  if (!target) {
    return (
      <div className={ROW}>
        <HitRow hit={hit} />
      </div>
    );
  }
  return (
    <Link
      {...target}
      onClick={() => recentAnswers.add(hit)}
      className={`${ROW} -outline-offset-2 hover:bg-hover`}
    >
      <HitRow hit={hit} />
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
    </Link>
  );
}
