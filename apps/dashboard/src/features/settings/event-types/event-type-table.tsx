import type { EventTypeDocument } from '@schoolbell/api-client';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ActionsTh, Table, Td, Th } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';

interface EventTypeTableProps {
  types: readonly EventTypeDocument[];
  mayChange: boolean;
  onEdit: (type: EventTypeDocument) => void;
  onDelete: (type: EventTypeDocument) => void;
}

export function EventTypeTable({ types, mayChange, onEdit, onDelete }: EventTypeTableProps) {
  return (
    <Table label="Event types">
      <thead>
        <tr>
          <Th>Type</Th>
          <Th from="sm">Description</Th>
          <Th numeric from="sm">
            Version
          </Th>
          <Th from="sm">Changed</Th>
          <ActionsTh />
        </tr>
      </thead>
      <tbody>
        {types.map((type) => (
          <tr key={type.type}>
            <Td className="w-full max-w-0 sm:w-auto sm:max-w-64">
              <span className="block truncate font-mono text-sm" title={type.type}>
                {type.type}
              </span>
              {/* Where there is no room for a column. */}
              <span
                className="block truncate text-sm text-muted sm:hidden"
                title={visible(type.description)}
                dir="auto"
              >
                {visible(type.description)}
              </span>
            </Td>
            <Td from="sm" className="w-full max-w-0 min-w-40">
              <span
                className="block truncate text-muted"
                title={visible(type.description)}
                dir="auto"
              >
                {visible(type.description)}
              </span>
            </Td>
            <Td numeric from="sm">
              {type.version}
            </Td>
            <Td from="sm" className="whitespace-nowrap">
              {type.updatedAt && <Time at={type.updatedAt} />}
            </Td>
            <Td className="text-right whitespace-nowrap">
              {type.owner === 'platform' ? (
                <Badge tone="calm">Of the platform</Badge>
              ) : (
                mayChange && (
                  <span className="inline-flex gap-2">
                    <Button
                      size="small"
                      aria-label={`Edit ${type.type}`}
                      onClick={() => onEdit(type)}
                    >
                      Edit
                    </Button>
                    <Button
                      size="small"
                      look="danger"
                      aria-label={`Delete ${type.type}`}
                      onClick={() => onDelete(type)}
                    >
                      Delete
                    </Button>
                  </span>
                )
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
