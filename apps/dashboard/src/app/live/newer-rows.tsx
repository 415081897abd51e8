import { useRef } from 'react';
import { NewerButton } from '../../ui/newer-button.tsx';
import { type NewerList, useNewer } from './use-newer.ts';

/** Stands above a loaded list, and counts its new rows. Pass the list's query as `key`: other filters are another list. */
export function NewerRows<Listed extends { id: string }>(list: NewerList<Listed>) {
  const { count, isAtLeast, show } = useNewer(list);
  const top = useRef<HTMLDivElement>(null);
  const showAtTop = async () => {
    await show();
    top.current?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div ref={top} className="-my-2 h-0 scroll-mt-20" />
      <NewerButton newer={count} isAtLeast={isAtLeast} onShow={() => void showAtTop()} />
    </>
  );
}
