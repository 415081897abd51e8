import { type FormEvent, useState } from 'react';
import { problemOf } from '../../../app/api/api-problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { TextAreaField } from '../../../ui/field.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { addressesOf } from './addresses-of.ts';
import { type SettingsPart, useChangeSettings } from './use-change-settings.ts';

export function EmailsForm({ settings, mayChange }: SettingsPart) {
  const [text, setText] = useState(settings.notificationEmails.join('\n'));
  const change = useChangeSettings();
  const addresses = addressesOf(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ body: { notificationEmails: addresses } });
  };
  const problem = change.error === null ? undefined : problemOf(change.error);
  const wrong = problem?.errors.map(({ path, message }) => faultOf(path, message, addresses));
  return (
    <Section
      title="Who is told"
      note="Who gets an e-mail when a webhook is paused, a certificate ends, or the plan is used up."
    >
      <form onSubmit={submit} className="flex max-w-md flex-col items-start gap-3">
        <TextAreaField
          className="w-full"
          label="E-mail addresses"
          hint="One on each line. With none, nobody is told."
          rows={3}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          disabled={!mayChange}
          spellCheck={false}
          {...(wrong?.length && { error: wrong.join(' ') })}
        />
        {problem && !wrong?.length && <ProblemNote error={problem} />}
        {mayChange && (
          <Button type="submit" busy={change.isPending && 'Saving …'}>
            Save the addresses
          </Button>
        )}
      </form>
    </Section>
  );
}

/** "ada@: must be an e-mail address." */
function faultOf(path: string, message: string, addresses: readonly string[]): string {
  const index = /\[(\d+)\]/.exec(path)?.[1];
  const address = index === undefined ? undefined : addresses[Number(index)];
  return `${address === undefined ? '' : `${address} `}${message}.`;
}
