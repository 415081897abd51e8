import { Table, Td, Th } from '../../../ui/table.tsx';
import { fieldsOf } from './fields-of-schema.ts';

/** The fields of an event's `data`, as its schema has them. */
export function FieldsTable({ schema, label }: { schema: unknown; label: string }) {
  const fields = fieldsOf(schema);
  if (fields.length === 0) {
    return (
      <p className="text-sm text-muted">Its schema names no fields: any JSON object is taken.</p>
    );
  }
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Field of data</Th>
          <Th>What it is</Th>
          <Th>Meaning</Th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, required, kind, description }) => (
          <tr key={path} className="align-top">
            <Td className="whitespace-nowrap">
              <code className="font-mono text-sm">{path}</code>
              {required && <span className="ml-2 text-xs text-muted">always there</span>}
            </Td>
            <Td className="min-w-44 text-sm">{kind}</Td>
            <Td className="min-w-52 text-sm text-muted">{description}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
