import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../../../app/api/api-problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { TextField } from '../../../ui/field.tsx';
import { type SettingsPart, useChangeSettings } from './use-change-settings.ts';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

export function TimeZoneForm({ settings, mayChange }: SettingsPart) {
  const [zone, setZone] = useState(settings.timeZone);
  const change = useChangeSettings();
  const zones = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ body: { timeZone: zone } });
  };
  const error = change.error === null ? undefined : problemOf(change.error).detail;
  return (
    <Section
      title="Time zone"
      note="The time zone in which people of your organisation read times, for example in texts for customers."
    >
      <form onSubmit={submit} className="flex max-w-md flex-col items-start gap-3">
        <TextField
          className="w-full"
          label="Time zone"
          list={zones}
          value={zone}
          onChange={({ currentTarget }) => setZone(currentTarget.value)}
          hint={timeIn(zone)}
          disabled={!mayChange}
          required
          {...(error !== undefined && { error })}
        />
        <datalist id={zones}>
          {ZONES.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {mayChange && (
          <Button type="submit" busy={change.isPending && 'Saving …'}>
            Save the time zone
          </Button>
        )}
      </form>
    </Section>
  );
}

function timeIn(timeZone: string): string {
  try {
    const form = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    return `It is ${form.format(new Date())} there now.`;
  } catch {
    return 'An IANA name such as Europe/Berlin.';
  }
}
