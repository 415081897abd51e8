import type { EventTypeDocument } from '@schoolbell/api-client';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';

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
          <Th>Description</Th>
          <Th numeric>Version</Th>
          <Th>Changed</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {types.map((type) => (
          <tr key={type.type}>
            <Td className="max-w-64">
              <span className="block truncate font-mono text-sm" title={type.type}>
                {type.type}
              </span>
            </Td>
            <Td className="max-w-72 truncate text-muted" title={type.description} dir="auto">
              {type.description}
            </Td>
            <Td numeric>{type.version}</Td>
            <Td className="whitespace-nowrap">{type.updatedAt && <Time at={type.updatedAt} />}</Td>
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
