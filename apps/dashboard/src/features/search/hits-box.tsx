import { Autocomplete } from '@base-ui/react/autocomplete';
import type { SearchHitDocument } from '@schoolbell/api-client';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { problemOf } from '../../app/api/api-problem.ts';
import type { BoxInputProps } from './box-input-props.ts';
import { HitRow } from './hit-row.tsx';
import { oneLine } from './query-of.ts';
import { useHits } from './use-hits.ts';

interface HitsBoxProps {
  text: string;
  setText: (text: string) => void;
  props: BoxInputProps;
  inputRef: RefObject<HTMLInputElement | null>;
  /** The cursor in the input that this one replaces. */
  selection: readonly [number | null, number | null] | undefined;
  onOpen: (hit: SearchHitDocument) => void;
}

/** The box's input with the hits below it: arrows choose, Enter opens, Esc closes. */
export function HitsBox({ text, setText, props, inputRef, selection, onOpen }: HitsBoxProps) {
  const { hits, isIdle, isLooking, error } = useHits(text);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    if (!selection) return;
    inputRef.current?.focus();
    inputRef.current?.setSelectionRange(...selection);
    setOpen(true);
    // Once, in place of the input before it.
    // eslint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <Autocomplete.Root
      items={hits}
      filter={null}
      value={oneLine(text)}
      onValueChange={(value, { reason }) => reason === 'input-change' && setText(value)}
      itemToStringValue={({ id }: SearchHitDocument) => id}
      open={open && !isIdle}
      onOpenChange={setOpen}
      openOnInputClick
    >
      <Autocomplete.Input
        {...props}
        ref={inputRef}
        onPaste={(event) => {
          props.onPaste(event);
          setOpen(true);
        }}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={6} className="z-20 outline-none">
          <Autocomplete.Popup className="w-(--anchor-width) max-w-[calc(100vw-1.5rem)] min-w-80 rounded-lg border border-line bg-raised shadow-popup">
            <Autocomplete.Status className="px-3 py-2 text-xs text-muted">
              {wordsOf(hits.length, isLooking, error)}
            </Autocomplete.Status>
            <Autocomplete.List className="max-h-[min(24rem,var(--available-height))] overflow-y-auto overscroll-contain p-1 pt-0 data-empty:hidden">
              {(hit: SearchHitDocument) => (
                <Autocomplete.Item
                  key={hit.kind + hit.id}
                  value={hit}
                  onClick={() => onOpen(hit)}
                  className="flex cursor-default rounded-md px-2 py-1.5 outline-none select-none data-highlighted:bg-hover"
                >
                  <HitRow hit={hit} />
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}

function wordsOf(found: number, isLooking: boolean, error: unknown): string {
  if (isLooking) return 'Looking …';
  if (error) return problemOf(error).detail;
  if (found === 0) return 'Nothing has exactly this id. Enter says where to look next.';
  return found === 1 ? 'Enter opens it' : `${found} found: Enter for all, ↓ to choose`;
}
