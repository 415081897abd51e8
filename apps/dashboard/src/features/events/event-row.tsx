import { Link } from '@tanstack/react-router';
import type { ListedEventDocument } from '@schoolbell/api-client';
import { Td } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { visible } from '../../ui/visible.ts';
import { DeliveryCounts } from './delivery-counts.tsx';
import type { SubjectName } from './subjects.ts';

/** An event in the list; its type leads to its page, its ids to their stories. */
export function EventRow({ event }: { event: ListedEventDocument }) {
  const { id, type, acceptedAt, erased } = event;
  return (
    <tr className="hover:bg-hover">
      <Td from="sm" className="whitespace-nowrap">
        <Time at={acceptedAt} className="text-muted tabular-nums" />
      </Td>
      <Td className="max-sm:pl-3">
        <Link
          to="/events/$eventId"
          params={{ eventId: id }}
          className="rounded font-mono text-sm whitespace-nowrap hover:underline"
        >
          {type}
        </Link>
        <span className="block text-xs text-muted sm:hidden">
          <Time at={acceptedAt} />
        </span>
      </Td>
      <Td>
        <DeliveryCounts event={event} />
      </Td>
      {erased ? (
        <Td colSpan={3} className="text-muted">
          Its learner was forgotten
        </Td>
      ) : (
        <>
          <SubjectCell event={event} name="learnerId" />
          <SubjectCell event={event} name="sessionId" />
          <SubjectCell event={event} name="packageId" />
        </>
      )}
    </tr>
  );
}

function SubjectCell({ event, name }: { event: ListedEventDocument; name: SubjectName }) {
  const id = event[name];
  if (id === null) {
    return (
      <Td>
        <span className="text-muted">–</span>
      </Td>
    );
  }
  return (
    <Td className="max-w-44">
      <Link
        to="/story"
        search={{ [name]: id }}
        dir="auto"
        title={visible(id)}
        className="block truncate rounded font-mono text-xs hover:underline"
      >
        {visible(id)}
      </Link>
    </Td>
  );
}
