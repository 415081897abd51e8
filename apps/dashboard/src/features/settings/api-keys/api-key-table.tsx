import type { ApiKeyDocument } from '@schoolbell/api-client';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { useNow } from '../../../ui/use-now.ts';

interface ApiKeyTableProps {
  keys: readonly ApiKeyDocument[];
  onRevoke: (key: ApiKeyDocument) => void;
}

export function ApiKeyTable({ keys, onRevoke }: ApiKeyTableProps) {
  return (
    <Table label="API keys">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th className="hidden sm:table-cell">May</Th>
          <Th>Last used</Th>
          <Th className="hidden sm:table-cell">Expires</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <Td className="max-w-64 whitespace-nowrap">
              <span className="block truncate font-medium" title={key.name} dir="auto">
                {key.name}
              </span>
              <code className="font-mono text-xs text-muted">sbk_{key.prefix}…</code>
            </Td>
            <Td className="hidden w-full max-w-0 min-w-32 sm:table-cell">
              <span className="block truncate text-sm" title={key.permissions.join('\n')}>
                {key.permissions.join(', ')}
              </span>
            </Td>
            <Td className="whitespace-nowrap">
              {key.lastUsedAt ? (
                <Time at={key.lastUsedAt} />
              ) : (
                <span className="text-muted">Never</span>
              )}
              {key.expiresAt !== null && (
                <span className="block text-xs text-muted sm:hidden">
                  Expires: <Expiry at={key.expiresAt} />
                </span>
              )}
            </Td>
            <Td className="hidden whitespace-nowrap sm:table-cell">
              <Expiry at={key.expiresAt} />
            </Td>
            <Td className="text-right">
              <Button
                size="small"
                look="danger"
                aria-label={`Revoke ${key.name}`}
                onClick={() => onRevoke(key)}
              >
                Revoke
              </Button>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Expiry({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className="text-muted">Never</span>;
  if (Date.parse(at) <= now) return <Badge tone="bad">Expired</Badge>;
  return <Time at={at} />;
}
