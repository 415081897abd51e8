import { Link } from '@tanstack/react-router';
import type { EventRejectionDocument } from '@schoolbell/api-client';
import type { ReactNode } from 'react';
import { Note } from '../../ui/note.tsx';
import { counted } from '../../ui/numbers.ts';
import { Time } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { SUBJECT_NAMES, SUBJECTS } from '../events/subjects.ts';
import { keyOf, POSTED } from './rejection-words.ts';
import { adviceOn } from './what-to-do.ts';

/** A refused post: what was wrong and what to do, then everything known about it. */
export function RejectionDetail({ rejection }: { rejection: EventRejectionDocument }) {
  const { status, code, at, errors, detail, requestId, operation, type, events, leftOut } =
    rejection;
  const { title, advice } = adviceOn(code);
  const subjects = SUBJECT_NAMES.filter((name) => rejection[name] !== null);
  return (
    <div className="flex flex-col gap-5">
      <Note tone="bad" title={title}>
        <p dir="auto" className="break-words">
          {visible(detail)}
        </p>
        <p>
          {advice} Whose turn: <strong className="font-semibold">the runtime’s</strong>.
        </p>
      </Note>
      {errors.length > 0 && (
        <section aria-label="What was wrong">
          <h3 className="mb-1.5 font-semibold">What was wrong</h3>
          <ul className="flex flex-col gap-1">
            {errors.map(({ path, message }) => (
              <li key={path + message} className="break-words">
                <code className="font-mono text-sm break-all">{visible(path) || 'body'}</code>{' '}
                <bdi>{visible(message)}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
      <dl className="grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1.5">
        <Fact name="Refused">
          <Time at={at} as="full" />
        </Fact>
        <Fact name="Answer">
          {status} <code className="font-mono text-sm">{code}</code>
        </Fact>
        <Fact name="Posted">
          {POSTED[operation]}
          {events !== null && events > 1 && ` with ${counted(events, 'event')}`}
          {type !== null && (
            <>
              {': '}
              <code className="font-mono text-sm break-all">{visible(type)}</code>
            </>
          )}
        </Fact>
        <Fact name="Key">{visible(keyOf(rejection))}</Fact>
        {subjects.map((name) => (
          <Fact key={name} name={SUBJECTS[name]}>
            <Link
              to="/story"
              search={{ [name]: rejection[name]! }}
              dir="auto"
              className="rounded font-mono text-sm break-all text-link hover:underline"
            >
              {visible(rejection[name]!)}
            </Link>
          </Fact>
        ))}
        <Fact name="Request id">
          <span className="font-mono text-sm break-all">{visible(requestId)}</span>
        </Fact>
        {leftOut > 0 && (
          <Fact name="And">{counted(leftOut, 'more post')} of the same minute, not kept</Fact>
        )}
      </dl>
      {subjects.length === 0 && status !== 401 && (
        <p className="text-sm text-muted">No id could be read from its body.</p>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
