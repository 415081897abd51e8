import { useMay } from '../../app/session/use-me.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { UnderstoodIds } from './understood-ids.tsx';

/** One word that may be an id itself, for the filters of other pages. */
const ONE_ID = /^\S{1,255}$/;

/** No event, delivery or refused post names the text: what that means, and what to do next. */
export function NothingFound({ q }: { q: string }) {
  const mayManageKeys = useMay('keys:write');
  const id = ONE_ID.test(q) ? q : undefined;
  return (
    <>
      <Note
        tone="wait"
        title="Nothing has this id"
        actions={
          <>
            <ButtonLink size="small" to="/events/refused">
              See all refused posts
            </ButtonLink>
            <ButtonLink size="small" to="/events" search={{ unwanted: 'true' }}>
              See events that no webhook wanted
            </ButtonLink>
          </>
        }
      >
        <p>
          No event with this id is in the history that Schoolbell keeps, and no post that was
          refused in the last 24 hours named it.
        </p>
      </Note>
      <Steps id={id} mayManageKeys={mayManageKeys} />
      <UnderstoodIds />
    </>
  );
}

function Steps({ id, mayManageKeys }: { id: string | undefined; mayManageKeys: boolean }) {
  return (
    <section aria-label="What to do now" className="rounded-lg border border-line bg-surface p-4">
      <h2 className="mb-2 font-semibold">What to do now</h2>
      <ol className="flex list-decimal flex-col gap-2 pl-5">
        <li>
          <strong className="font-medium">Compare the id.</strong> Ids are found in full only, with
          the same capitals{id === undefined ? '.' : `, and this one has ${id.length} characters.`}
        </li>
        <li>
          <strong className="font-medium">Ask the runtime whether it reported anything.</strong> It
          is the runtime’s turn: if it posted the event, its log has our answer with a request id,
          and either an event id (202) or what was wrong.
        </li>
        <li>
          <strong className="font-medium">Look for posts that named no id.</strong> A post with a
          revoked key or a broken body is refused before its ids are read: it is among the refused
          posts, without this id.
          {mayManageKeys && ' Compare its key with your API keys.'}
        </li>
      </ol>
    </section>
  );
}
