import type { EventTypeDocument } from '@schoolbell/api-client';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Code } from '../../../../ui/code.tsx';
import { type EventGroup, isCarried } from '../../settings/event-groups.ts';
import { type Format, FORMATS } from '../../settings/webhook-formats.ts';

interface EventGroupChoiceProps {
  group: EventGroup;
  format: Format;
  chosen: readonly string[];
  onChange: (events: string[]) => void;
}

/** The types of a group, one by one or all at once. */
export function EventGroupChoice({ group, format, chosen, onChange }: EventGroupChoiceProps) {
  const { title, types } = group;
  const names = types.filter((type) => isCarried(format, type)).map(({ type }) => type);
  const has = names.filter((name) => chosen.includes(name));
  const others = chosen.filter((name) => !types.some(({ type }) => type === name));
  const all = names.length > 0 && has.length === names.length;
  return (
    <fieldset className="m-0 border-0 p-0">
      <legend className="mb-1.5">
        <Checkbox
          checked={all}
          indeterminate={has.length > 0 && !all}
          disabled={names.length === 0}
          onChange={(checked) => onChange(checked ? [...others, ...names] : others)}
        >
          <span className="font-medium">{title}</span>
        </Checkbox>
      </legend>
      <ul className="flex flex-col gap-1.5 pl-7">
        {types.map((type) => (
          <TypeChoice
            key={type.type}
            type={type}
            format={format}
            checked={chosen.includes(type.type)}
            onChange={(checked) =>
              onChange(
                checked ? [...chosen, type.type] : chosen.filter((name) => name !== type.type),
              )
            }
          />
        ))}
      </ul>
    </fieldset>
  );
}

interface TypeChoiceProps {
  type: EventTypeDocument;
  format: Format;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function TypeChoice({ type, format, checked, onChange }: TypeChoiceProps) {
  const carried = isCarried(format, type);
  const note = carried
    ? type.description
    : `${FORMATS[format].title} has no place for it. ${checked ? 'Take it out, or choose another format.' : ''}`;
  return (
    <li className="grid gap-x-3 sm:grid-cols-[minmax(0,1fr)_auto]">
      <Checkbox checked={checked} disabled={!carried && !checked} onChange={onChange} note={note}>
        <span className="font-mono text-sm">{type.type}</span>
      </Checkbox>
      {/* Its panel takes the whole width below. */}
      <details className="contents text-xs">
        <summary
          aria-label={`Example of ${type.type}`}
          className="ml-7 cursor-pointer self-start rounded text-muted hover:text-ink sm:ml-0"
        >
          Example
        </summary>
        <div className="col-span-full mt-1.5 ml-7">
          <Code
            text={JSON.stringify(type.example, null, 2)}
            label={`the example of ${type.type}`}
            maxHeight="low"
          />
        </div>
      </details>
    </li>
  );
}
