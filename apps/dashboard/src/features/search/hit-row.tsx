import type { SearchHitDocument } from '@schoolbell/api-client';
import { Time } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { factsOf } from './hit-facts.ts';
import { HIT_KINDS } from './hit-kinds.ts';

/** A hit in a list: its kind, its id, and a few facts to tell it apart. */
export function HitRow({ hit }: { hit: SearchHitDocument }) {
  const { label, icon: Icon } = HIT_KINDS[hit.kind];
  const facts = visible(factsOf(hit));
  return (
    <span className="flex min-w-0 grow items-start gap-2.5 text-left">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <span className="flex min-w-0 grow flex-col">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="shrink-0 text-xs text-muted">{label}</span>
          <span dir="auto" title={visible(hit.id)} className="min-w-0 truncate font-mono text-sm">
            {visible(hit.id)}
          </span>
          {hit.at && (
            <Time at={hit.at} className="ml-auto shrink-0 text-xs text-muted tabular-nums" />
          )}
        </span>
        <span dir="auto" title={facts} className="truncate text-xs text-muted">
          {facts}
        </span>
      </span>
    </span>
  );
}
