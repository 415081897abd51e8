import { Section } from '../../../../ui/card.tsx';
import { EventTypesField } from '../event-types/event-types-field.tsx';
import { FormText } from '../form-fields.tsx';
import { FormatField } from '../format/format-field.tsx';

/** Address, event types and format: all that a webhook needs. */
export function Essentials() {
  return (
    <>
      <Section title="Where events go">
        <div className="flex flex-col gap-4">
          <FormText
            name="url"
            label="URL"
            inputMode="url"
            placeholder="https://lms.example.com/webhooks/schoolbell"
            hint="Each event is POSTed there. Any answer from 200 to 299 says that it arrived."
            mono
          />
          <FormText
            name="description"
            label="Description"
            placeholder="Completions to the LMS of Northwind"
            hint="What people call it here. If left empty, it is named after its host."
            dir="auto"
            autoComplete="off"
          />
        </div>
      </Section>
      <Section title="Which events">
        <EventTypesField />
      </Section>
      <Section title="In which format">
        <FormatField />
      </Section>
    </>
  );
}
