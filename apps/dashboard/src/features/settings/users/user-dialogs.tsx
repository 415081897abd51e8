import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserDocument } from '@schoolbell/api-client';
import {
  deleteUserMutation,
  listUsersInfiniteQueryKey,
  resendInvitationMutation,
  resetTotpMutation,
} from '@schoolbell/api-client/queries';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { visibleName } from '../../../ui/visible-name.ts';

/** An action on a user that has to be confirmed. */
export interface UserTask {
  kind: 'role' | 'invite-again' | 'reset-totp' | 'remove';
  user: UserDocument;
}

interface UserDialogsProps {
  task: UserTask | undefined;
  onClose: () => void;
}

/** Asks before a task is carried out. */
export function UserDialogs({ task, onClose }: UserDialogsProps) {
  if (!task) return null;
  const { kind, user } = task;
  if (kind === 'role') return <RoleDialog user={user} onClose={onClose} />;
  return <ConfirmTask key={kind + user.id} kind={kind} user={user} onClose={onClose} />;
}

const WORDS = {
  'invite-again': {
    title: (name: string) => `Send the invitation of ${name} again?`,
    text: 'A new link goes out, good for 72 hours. The old one stops working.',
    action: 'Send it',
    busy: 'Sending …',
    done: 'The invitation is on its way',
  },
  'reset-totp': {
    title: (name: string) => `Reset the second factor of ${name}?`,
    text: 'For somebody who has lost the app and the recovery codes. Make sure that they ask for it themselves: from now on the password alone signs in. All their devices are signed out, and they get an e-mail.',
    action: 'Reset',
    busy: 'Resetting …',
    done: 'The second factor was reset',
  },
  remove: {
    title: (name: string) => `Remove ${name}?`,
    text: 'They are signed out at once. Their keys that can manage users, keys or the audit log are revoked; their other keys go on working. What they did stays in the audit log.',
    action: 'Remove',
    busy: 'Removing …',
    done: 'The user was removed',
  },
} as const;

function ConfirmTask({
  kind,
  user,
  onClose,
}: {
  kind: keyof typeof WORDS;
  user: UserDocument;
  onClose: () => void;
}) {
  const { title, text, action, busy, done } = WORDS[kind];
  const client = useQueryClient();
  const toasts = useToast();
  const onSuccess = async () => {
    toasts.add({ title: done, description: visibleName(user.email) });
    onClose();
    await client.invalidateQueries({ queryKey: listUsersInfiniteQueryKey() });
  };
  const tasks = {
    'invite-again': useMutation({ ...resendInvitationMutation(), onSuccess }),
    'reset-totp': useMutation({ ...resetTotpMutation(), onSuccess }),
    remove: useMutation({ ...deleteUserMutation(), onSuccess }),
  };
  const { mutate, isPending, error } = tasks[kind];
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={title(visibleName(user.name || user.email))}
      description={text}
      action={action}
      busy={isPending && busy}
      error={error}
      onConfirm={() => mutate({ path: { id: user.id } })}
    />
  );
}
