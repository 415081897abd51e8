import type { MailDocument } from '@schoolbell/api-client';
import { Check, CircleX, Clock } from 'lucide-react';
import { Badge } from '../../../ui/badge.tsx';
import { Code } from '../../../ui/code.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';
import { linkIn } from './link-in.ts';

const STATUSES = {
  waiting: { label: 'Waiting', tone: 'wait', icon: Clock },
  sent: { label: 'Sent', tone: 'good', icon: Check },
  failed: { label: 'Not sent', tone: 'bad', icon: CircleX },
} as const;

export function MailEntry({ mail }: { mail: MailDocument }) {
  const { label, tone, icon: Icon } = STATUSES[mail.status];
  const link = linkIn(mail.text, window.location.origin);
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 font-medium break-words" dir="auto">
          {visible(mail.subject ?? 'Damaged')}
        </p>
        <Time at={mail.createdAt} className="text-sm whitespace-nowrap text-muted" />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="flex min-w-0 items-center gap-x-2 text-sm text-muted">
          <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
            {label}
          </Badge>
          <span className="min-w-0 truncate" title={mail.to ?? ''}>
            {mail.to ?? 'Nobody: there are no notification addresses'}
          </span>
        </p>
        {link !== undefined && (
          <CopyButton size="small" text={link}>
            Copy the link
          </CopyButton>
        )}
      </div>
      {mail.lastError !== null && <p className="text-sm text-bad">{visible(mail.lastError)}</p>}
      {mail.text !== null && (
        <details>
          <summary className="w-fit cursor-pointer rounded text-sm text-muted hover:text-ink">
            What it says
          </summary>
          <div className="mt-2">
            <Code text={mail.text} label={`E-mail: ${mail.subject ?? ''}`} />
          </div>
        </details>
      )}
    </li>
  );
}
