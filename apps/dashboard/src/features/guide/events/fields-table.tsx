import { Table, Td, Th } from '../../../ui/table.tsx';
import { fieldsOf } from './fields-of-schema.ts';

/** The fields of an event's `data`, from its schema. */
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
          <Th from="sm">Field of data</Th>
          <Th className="max-sm:pl-3">What it is</Th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, required, kind, description }) => (
          <tr key={path} className="align-top">
            <Td from="sm" className="w-px pr-6">
              <FieldName path={path} required={required} />
            </Td>
            <Td className="text-sm max-sm:pl-3">
              <div className="mb-1 sm:hidden">
                <FieldName path={path} required={required} />
              </div>
              {description !== '' && (
                <span dir="auto" className="block">
                  {description}
                </span>
              )}
              <span className="block text-muted">{kind}</span>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function FieldName({ path, required }: { path: string; required: boolean }) {
  return (
    <>
      <code className="font-mono text-sm break-all sm:break-normal">{path}</code>
      {required && <span className="ml-2 text-xs text-muted sm:ml-0 sm:block">always there</span>}
    </>
  );
}
