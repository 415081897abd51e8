import { CopyButton } from './copy-button.tsx';
import { cx } from './cx.ts';
import { visible } from './visible.ts';

interface CodeProps {
  /** Shown unchanged, but with invisible and direction-changing characters made visible. */
  text: string;
  /** Its name, for the copy button and for screen readers. */
  label: string;
  /** How high it grows before it scrolls; `none` is for texts whose length the page knows. */
  maxHeight?: 'low' | 'high' | 'none';
  wrap?: boolean;
  copy?: boolean;
}

const HEIGHTS = { low: 'max-h-48', high: 'max-h-96', none: '' };

/** A block of text in a fixed-width face. It is always text: nothing in it becomes markup. */
export function Code({ text, label, maxHeight = 'high', wrap = true, copy = true }: CodeProps) {
  return (
    <div className="relative rounded-lg border border-line bg-sunken">
      {copy && (
        // On its own background, since a long line continues below it.
        <div className="absolute top-1.5 right-1.5 rounded-md bg-sunken">
          <CopyButton look="quiet" text={text} aria-label={`Copy ${label}`} />
        </div>
      )}
      <pre
        aria-label={label}
        // Focusable, so that it can be scrolled by keyboard.
        tabIndex={0}
        className={cx(
          // No ligatures: what is shown is what is there.
          'overflow-auto p-3.5 font-mono text-xs leading-relaxed [font-variant-ligatures:none]',
          copy && 'pr-12',
          HEIGHTS[maxHeight],
          wrap && 'break-all whitespace-pre-wrap',
        )}
      >
        {visible(text)}
      </pre>
    </div>
  );
}
