import type { ReactNode } from 'react';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { cx } from '../../../ui/cx.ts';

/** Names and values, one pair per row. */
export function SettingRows({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col divide-y divide-line">{children}</dl>;
}

interface SettingRowProps {
  label: string;
  text?: string;
  mono?: boolean;
  copy?: boolean;
  children?: ReactNode;
}

export function SettingRow({ label, text, mono, copy, children }: SettingRowProps) {
  return (
    <div className="grid items-baseline gap-x-4 py-2 first:pt-0 last:pb-0 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="flex min-w-0 items-start gap-2">
        {text !== undefined && (
          <bdi
            className={cx(
              'min-w-0 break-words',
              mono && text !== 'None' && 'font-mono text-sm break-all',
            )}
          >
            {text}
          </bdi>
        )}
        {copy && text !== undefined && (
          <CopyButton
            look="quiet"
            text={text}
            aria-label={`Copy ${label}`}
            className="-my-2 size-8"
          />
        )}
        {children}
      </dd>
    </div>
  );
}
