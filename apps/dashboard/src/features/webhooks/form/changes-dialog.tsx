import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Note } from '../../../ui/note.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { visible } from '../../../ui/visible.ts';
import { labelOf, settingInWords } from '../settings/setting-words.ts';
import type { WebhookBody } from './webhook-values.ts';

interface ChangesDialogProps {
  before: WebhookBody;
  changes: Partial<WebhookBody>;
  /** Settings that somebody else has changed since the form was opened, with their present values. */
  conflicts: readonly (keyof WebhookBody)[];
  now: WebhookBody;
  error: unknown;
  saving: boolean;
  onSave: () => void;
  onClose: () => void;
}

/** What is about to be saved, each setting with its value before and after. */
export function ChangesDialog(props: ChangesDialogProps) {
  const { before, changes, conflicts, now, error, saving, onSave, onClose } = props;
  const names = Object.keys(changes);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={names.length === 1 ? 'Save this change?' : `Save these ${names.length} changes?`}
      description="They apply to deliveries from now on, also to those that wait."
      actions={
        <>
          <Button onClick={onClose}>Back to the form</Button>
          <Button look="primary" busy={saving && 'Saving …'} onClick={onSave}>
            {conflicts.length > 0 ? 'Overwrite and save' : 'Save'}
          </Button>
        </>
      }
    >
      {conflicts.length > 0 && (
        <Note tone="wait" role="alert" title="Somebody else changed this meanwhile">
          <ul className="list-disc pl-4">
            {conflicts.map((name) => (
              <li key={name} className="break-words">
                {labelOf(name)} is now: {inWords(name, now)}
              </li>
            ))}
          </ul>
          <p>Saving overwrites it. Their other changes stay.</p>
        </Note>
      )}
      <dl className="flex flex-col divide-y divide-line">
        {names.map((name) => (
          <div key={name} className="grid gap-1 py-2 sm:grid-cols-[10rem_minmax(0,1fr)]">
            <dt className="text-sm text-muted">{labelOf(name)}</dt>
            <dd className="flex min-w-0 flex-col text-sm">
              <del className="break-words text-muted decoration-muted/60">
                {inWords(name, before)}
              </del>
              <ins className="font-medium break-words no-underline">
                {afterInWords(name, before, changes)}
              </ins>
            </dd>
          </div>
        ))}
      </dl>
      {error !== null && <ProblemNote error={error} title="It was not saved" />}
    </Dialog>
  );
}

const inWords = (name: string, settings: WebhookBody): string =>
  visible(settingInWords(name, settings as Parameters<typeof settingInWords>[1]));

/** Values that are never shown, such as passwords, change although their words stay the same. */
function afterInWords(name: string, before: WebhookBody, changes: Partial<WebhookBody>): string {
  const after = inWords(name, { ...before, ...changes });
  return after === inWords(name, before) ? `${after} (with other values)` : after;
}
