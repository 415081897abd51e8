import type { ClipboardEvent } from 'react';

/** Props of the box's input, before and after its list of hits is loaded. */
export interface BoxInputProps {
  'aria-label': string;
  'aria-keyshortcuts': string;
  placeholder: string;
  className: string;
  autoComplete: string;
  spellCheck: boolean;
  onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
}
