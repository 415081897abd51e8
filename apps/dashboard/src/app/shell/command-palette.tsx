import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import type { SearchHitDocument } from '@schoolbell/api-client';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { HitRow } from '../../features/search/hit-row.tsx';
import { oneLine } from '../../features/search/query-of.ts';
import { useRecentAnswers } from '../../features/search/recent-answers.ts';
import { useAnswering } from '../../features/search/use-answering.ts';
import { useHits } from '../../features/search/use-hits.ts';
import { useMe } from '../session/use-me.ts';
import { type Command, commandsFor, isMeant } from './commands.ts';

type Entry = { hit: SearchHitDocument } | { command: Command };

interface Group {
  value: string;
  items: Entry[];
}

interface PaletteProps {
  open: boolean;
  onClose: () => void;
}

/** Pages, actions, recent searches, and whatever an id finds, all by keyboard. */
export function CommandPalette({ open, onClose }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Command palette"
          className="fixed top-[12dvh] left-1/2 flex max-h-[min(32rem,76dvh)] w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Entries onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Entries({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const { groups, words } = useGroups(text);
  const { open } = useAnswering();
  const navigate = useNavigate();
  const choose = (entry: Entry) => {
    onClose();
    // If it is opened again at once, it starts empty.
    setText('');
    if ('hit' in entry) open(entry.hit);
    else void navigate(entry.command.target);
  };
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      autoHighlight="always"
      keepHighlight
      value={oneLine(text)}
      onValueChange={(value, { reason }) => reason === 'input-change' && setText(value)}
      itemToStringValue={nameOf}
    >
      <div className="relative border-b border-line">
        <Search aria-hidden className="absolute top-4 left-4 size-4 text-muted" />
        <Autocomplete.Input
          aria-label="Search pages, actions and ids"
          placeholder="A page, an action, or any id"
          spellCheck={false}
          onPaste={(event) => {
            event.preventDefault();
            setText(event.clipboardData.getData('text'));
          }}
          className="h-12 w-full bg-transparent pr-4 pl-11 text-base outline-none placeholder:text-muted"
        />
      </div>
      <Autocomplete.List className="min-h-0 grow overflow-y-auto overscroll-contain p-1.5 data-empty:hidden">
        {(group: Group) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: Entry) => (
                <Autocomplete.Item
                  key={nameOf(entry)}
                  value={entry}
                  onClick={() => choose(entry)}
                  className="flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 outline-none select-none data-highlighted:bg-hover"
                >
                  <EntryRow entry={entry} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <Autocomplete.Status className="border-t border-line px-4 py-2 text-xs text-muted">
        {words}
      </Autocomplete.Status>
      <Dialog.Close className="sr-only">Close</Dialog.Close>
    </Autocomplete.Root>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  if ('hit' in entry) return <HitRow hit={entry.hit} />;
  const { label, icon: Icon } = entry.command;
  return (
    <>
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      {label}
    </>
  );
}

const nameOf = (entry: Entry): string =>
  'hit' in entry ? `${entry.hit.kind} ${entry.hit.id}` : entry.command.label;

/** Hits of an id come first; recent searches only while nothing is typed. */
function useGroups(text: string): { groups: Group[]; words: string } {
  const { hits, isLooking } = useHits(text);
  const recent = useRecentAnswers();
  const { pages, actions } = commandsFor(useMe());
  const commands = (of: Command[]): Entry[] =>
    of.filter((command) => isMeant(command, text)).map((command) => ({ command }));
  const groups: Group[] = [
    { value: 'Found', items: hits.map((hit) => ({ hit })) },
    { value: 'Looked up recently', items: text === '' ? recent.map((hit) => ({ hit })) : [] },
    { value: 'Actions', items: commands(actions) },
    { value: 'Pages', items: commands(pages) },
  ].filter(({ items }) => items.length > 0);
  const nothing = 'No page or action has this name, and nothing has exactly this id.';
  const keys = '↑ ↓ choose · Enter opens · Esc closes';
  return { groups, words: isLooking ? 'Looking …' : groups.length === 0 ? nothing : keys };
}
