import type { WebhookDocument } from '@schoolbell/api-client';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, History, Pause, Pencil, Play, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import { ResumeDialog } from './resume-dialog.tsx';
import { SendTestDialog } from './send-test-dialog.tsx';

type Open = 'test' | 'pause' | 'resume' | 'replay' | 'delete';

const ICON = 'size-4';

/** What the signed-in user may do with a webhook. */
export function WebhookActions({ webhook }: { webhook: WebhookDocument }) {
  const [open, setOpen] = useState<Open>();
  const mayWrite = useMay('webhooks:write');
  const mayReplay = useMay('deliveries:write');
  if (!mayWrite && !mayReplay) return null;
  const isPaused = webhook.status === 'paused';
  return (
    <>
      {mayWrite && (
        <>
          <Button
            look="primary"
            icon={<Send aria-hidden className={ICON} />}
            onClick={() => setOpen('test')}
          >
            Send test event
          </Button>
          <Button
            icon={
              isPaused ? (
                <Play aria-hidden className={ICON} />
              ) : (
                <Pause aria-hidden className={ICON} />
              )
            }
            onClick={() => setOpen(isPaused ? 'resume' : 'pause')}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
        </>
      )}
      <MoreActions webhook={webhook} mayWrite={mayWrite} mayReplay={mayReplay} onOpen={setOpen} />
      <OpenDialog key={open} open={open} webhook={webhook} onClose={() => setOpen(undefined)} />
    </>
  );
}

interface MoreActionsProps {
  webhook: WebhookDocument;
  mayWrite: boolean;
  mayReplay: boolean;
  onOpen: (dialog: Open) => void;
}

function MoreActions({ webhook, mayWrite, mayReplay, onOpen }: MoreActionsProps) {
  const navigate = useNavigate();
  const edit = () =>
    void navigate({ to: '/webhooks/$webhookId/edit', params: { webhookId: webhook.id } });
  return (
    <Menu
      trigger={
        <Button
          size="icon"
          aria-label="More actions"
          icon={<Ellipsis aria-hidden className={ICON} />}
        />
      }
    >
      {mayWrite && (
        <MenuItem icon={<Pencil aria-hidden className={ICON} />} onSelect={edit}>
          Edit settings
        </MenuItem>
      )}
      {mayReplay && (
        <MenuItem icon={<History aria-hidden className={ICON} />} onSelect={() => onOpen('replay')}>
          Replay events …
        </MenuItem>
      )}
      {mayWrite && (
        <>
          <MenuSeparator />
          <MenuItem
            danger
            icon={<Trash2 aria-hidden className={ICON} />}
            onSelect={() => onOpen('delete')}
          >
            Delete …
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

interface OpenDialogProps {
  open: Open | undefined;
  webhook: WebhookDocument;
  onClose: () => void;
}

function OpenDialog({ open, webhook, onClose }: OpenDialogProps) {
  const navigate = useNavigate();
  const dialog = { webhook, open: true, onClose };
  switch (open) {
    case 'test':
      return <SendTestDialog {...dialog} />;
    case 'pause':
      return <PauseDialog {...dialog} />;
    case 'resume':
      return <ResumeDialog {...dialog} />;
    case 'delete':
      return <DeleteDialog {...dialog} />;
    case 'replay': {
      const show = (operation: string) =>
        navigate({
          to: '/webhooks/$webhookId',
          params: { webhookId: webhook.id },
          search: { operation },
        });
      return <ReplayDialog {...dialog} onStarted={({ id }) => void show(id).then(onClose)} />;
    }
    case undefined:
      return null;
  }
}
