import { Link } from '@tanstack/react-router';
import type { EventRejectionDocument } from '@schoolbell/api-client';
import { Badge } from '../../ui/badge.tsx';
import { Td } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { SUBJECT_NAMES, SUBJECTS } from '../events/subjects.ts';
import { keyOf, POSTED } from './rejection-words.ts';
import { adviceOn } from './what-to-do.ts';

/** A refused post in the list; its reason opens the panel. */
export function RejectionRow({ rejection }: { rejection: EventRejectionDocument }) {
  const { id, at, status, code, detail, type, operation } = rejection;
  const subject = SUBJECT_NAMES.find((name) => rejection[name] !== null);
  const posted = type === null ? POSTED[operation] : visible(type);
  return (
    <tr className="hover:bg-hover">
      <Td from="sm" className="whitespace-nowrap text-muted tabular-nums">
        <Time at={at} />
      </Td>
      <Td className="max-sm:pl-3">
        <Badge tone="bad">{status}</Badge>
      </Td>
      <Td className="w-full max-w-0 min-w-60">
        <Link
          to="/events/refused"
          search={(before) => ({ ...before, open: id })}
          className="rounded font-medium hover:underline"
        >
          {adviceOn(code).title}
        </Link>
        <p dir="auto" title={visible(detail)} className="truncate text-xs text-muted">
          {visible(detail)}
        </p>
        <p className="text-xs text-muted sm:hidden">
          <Time at={at} />
        </p>
      </Td>
      <Td from="sm" className="max-w-48">
        <span className="block truncate font-mono text-xs" title={posted}>
          {posted}
        </span>
      </Td>
      <Td from="md" className="max-w-52">
        {subject === undefined ? (
          <span className="text-muted">–</span>
        ) : (
          <span className="block truncate" title={visible(rejection[subject]!)}>
            <span className="text-xs text-muted">{SUBJECTS[subject]} </span>
            <bdi className="font-mono text-xs">{visible(rejection[subject]!)}</bdi>
          </span>
        )}
      </Td>
      <Td from="lg" className="max-w-48">
        <span className="block truncate text-xs" title={visible(keyOf(rejection))}>
          {visible(keyOf(rejection))}
        </span>
      </Td>
    </tr>
  );
}
