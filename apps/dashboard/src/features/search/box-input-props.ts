import type { ClipboardEvent } from 'react';

/** What the input of the box is given, before and after its list of hits is there. */
export interface BoxInputProps {
  'aria-label': string;
  'aria-keyshortcuts': string;
  placeholder: string;
  className: string;
  autoComplete: string;
  spellCheck: boolean;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
}
