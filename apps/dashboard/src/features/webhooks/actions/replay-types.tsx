import { Checkbox } from '../../../ui/checkbox.tsx';
import { useEventTypes } from '../../../app/api/use-event-types.ts';

interface ReplayTypesProps {
  /** The types that the webhook listens to. */
  listed: readonly string[];
  /** Empty: all of them. */
  value: readonly string[];
  onChange: (types: string[]) => void;
}

/** Chooses some of the types that a webhook listens to, if there is more than one. */
export function ReplayTypes({ listed, value, onChange }: ReplayTypesProps) {
  const { data = [] } = useEventTypes();
  const types = listed.includes('*') ? data.map(({ type }) => type) : listed;
  if (types.length < 2) return null;
  return (
    <details>
      <summary className="cursor-pointer rounded text-sm font-medium">
        Event types: {value.length === 0 ? 'all it listens to' : value.join(', ')}
      </summary>
      <div className="mt-2 grid max-h-48 gap-1.5 overflow-y-auto font-mono text-sm sm:grid-cols-2">
        {types.map((type) => (
          <Checkbox
            key={type}
            checked={value.includes(type)}
            onChange={(checked) =>
              onChange(checked ? [...value, type] : value.filter((other) => other !== type))
            }
          >
            {type}
          </Checkbox>
        ))}
      </div>
    </details>
  );
}
