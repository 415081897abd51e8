import { Link } from '@tanstack/react-router';
import type { EventWithDeliveriesDocument } from '@schoolbell/api-client';
import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Time } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { SUBJECT_NAMES, SUBJECTS } from './subjects.ts';

/** When an event happened and came, and whom it is about: each id leads to its story. */
export function EventFacts({ event }: { event: EventWithDeliveriesDocument }) {
  const { id, occurredAt, acceptedAt } = event;
  return (
    <Card className="p-4" aria-label="Facts">
      <dl className="grid items-baseline grid-cols-[max-content_1fr] gap-x-6 gap-y-2 lg:grid-cols-[max-content_1fr_max-content_1fr]">
        <Fact name="Event id">
          <span className="font-mono text-sm break-all">{id}</span>
          <CopyButton
            text={id}
            look="quiet"
            size="icon"
            className="-my-2 size-8! self-center"
            aria-label="Copy the event’s id"
          />
        </Fact>
        <Fact name="Accepted">
          <Time at={acceptedAt} as="full" />
        </Fact>
        <Fact name="Happened">
          <Time at={occurredAt} as="full" />
        </Fact>
        {SUBJECT_NAMES.map((name) => {
          const value = event[name];
          return value === null ? null : (
            <Fact key={name} name={SUBJECTS[name]}>
              <Link
                to="/story"
                search={{ [name]: value }}
                dir="auto"
                className="rounded font-mono text-sm break-all text-link hover:underline"
              >
                {visible(value)}
              </Link>
            </Fact>
          );
        })}
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="flex min-w-0 items-baseline gap-1 text-sm tabular-nums">{children}</dd>
    </div>
  );
}
