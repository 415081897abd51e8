import { Search } from 'lucide-react';
import { type ClipboardEvent, type FormEvent, useEffect, useRef, useState } from 'react';
import { CONTROL } from '../../ui/control.ts';
import { cx } from '../../ui/cx.ts';
import type { BoxInputProps } from './box-input-props.ts';
import type { HitsBox } from './hits-box.tsx';
import { oneLine } from './query-of.ts';
import { useAnswering } from './use-answering.ts';
import { useSlashKey } from './use-slash-key.ts';

const PLACEHOLDER = 'Learner, session, package, event or delivery id';

/** The box that takes any id. Its list of hits is loaded at its first use: pages that are only read do without. */
export function AnyIdBox() {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { Box, wake, selection } = useBoxWithHits(input);
  const { answer, open } = useAnswering();
  useSlashKey(input);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await answer(text);
    setBusy(false);
    setText('');
    input.current?.blur();
  };
  const props: BoxInputProps = {
    'aria-label': 'Search by any id',
    'aria-keyshortcuts': '/',
    placeholder: PLACEHOLDER,
    className: cx(CONTROL, 'w-full truncate pr-3 pl-9 sm:pr-9'),
    autoComplete: 'off',
    spellCheck: false,
    onPaste: (event) => pasteLines(event, setText),
  };
  return (
    <form
      role="search"
      aria-busy={busy || undefined}
      // On a phone the focused box takes the whole bar.
      className="relative w-full max-w-115 max-sm:focus-within:absolute max-sm:focus-within:inset-x-3 max-sm:focus-within:top-2.5 max-sm:focus-within:z-1 max-sm:focus-within:w-auto"
      onSubmit={(event) => void submit(event)}
    >
      <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-muted" />
      {Box ? (
        <Box
          {...{ text, setText, props, selection, inputRef: input }}
          onOpen={(hit) => {
            open(hit);
            setText('');
          }}
        />
      ) : (
        <input
          {...props}
          ref={input}
          value={oneLine(text)}
          onFocus={wake}
          onChange={({ target }) => setText(target.value)}
        />
      )}
      {/* With the list there are two inputs, and then Enter submits a form only if it has a button. */}
      <button type="submit" tabIndex={-1} className="sr-only">
        Search
      </button>
      <kbd
        aria-hidden
        className="pointer-events-none absolute top-2 right-2.5 hidden h-5 min-w-5 items-center justify-center rounded border border-line font-mono text-xs text-muted sm:flex"
      >
        /
      </kbd>
    </form>
  );
}

/** An input has one line; this keeps the line breaks of what is pasted. */
function pasteLines(
  event: ClipboardEvent<HTMLInputElement>,
  setText: (text: string) => void,
): void {
  const pasted = event.clipboardData.getData('text');
  if (!pasted.trim().includes('\n')) return;
  event.preventDefault();
  setText(pasted);
}

type Selection = readonly [number | null, number | null] | undefined;

/** A cursor at the end stays there, whatever is typed until the other input is drawn. */
function selectionIn({ selectionStart, selectionEnd, value }: HTMLInputElement): Selection {
  if (selectionStart === value.length) return [AT_END, AT_END];
  return [selectionStart, selectionEnd];
}
/** Browsers take the length of the text for anything longer. */
const AT_END = 2 ** 31 - 1;

/** Loads the list of hits when the box is first focused, and swaps it in for the input without losing the focus. */
function useBoxWithHits(input: { readonly current: HTMLInputElement | null }) {
  const [Box, setBox] = useState<typeof HitsBox>();
  const [selection, setSelection] = useState<Selection>();
  const wanted = useRef(false);
  const wake = () => {
    if (wanted.current) return;
    wanted.current = true;
    void import('./hits-box.tsx').then(
      ({ HitsBox: Loaded }) => {
        const now = input.current;
        if (now && now === document.activeElement) setSelection(selectionIn(now));
        setBox(() => Loaded);
      },
      // Enter works without it.
      () => (wanted.current = false),
    );
  };
  useEffect(() => {
    if (input.current === document.activeElement) wake();
    // Once, for a box that was focused before it was rendered.
    // eslint-disable-next-line react/exhaustive-deps
  }, []);
  return { Box, wake, selection };
}
