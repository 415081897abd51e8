import type { ApiKeyDocument } from '@schoolbell/api-client';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ActionsTh, Table, Td, Th } from '../../../ui/table.tsx';
import { Time } from '../../../ui/time.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { visibleName } from '../../../ui/visible-name.ts';

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
          <Th from="sm">May</Th>
          <Th from="sm">Last used</Th>
          <Th from="sm">Expires</Th>
          <ActionsTh />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <Td className="w-full max-w-0 whitespace-nowrap sm:w-auto sm:max-w-64">
              <span className="block truncate font-medium" title={visibleName(key.name)} dir="auto">
                {visibleName(key.name)}
              </span>
              <code className="font-mono text-xs text-muted">sbk_{key.prefix}…</code>
              {/* Where there is no room for columns. */}
              <span className="block text-xs text-muted sm:hidden">
                Used: <LastUse at={key.lastUsedAt} />
              </span>
              {key.expiresAt !== null && (
                <span className="block text-xs text-muted sm:hidden">
                  Expires: <Expiry at={key.expiresAt} />
                </span>
              )}
            </Td>
            <Td from="sm" className="w-full max-w-0 min-w-32">
              <span className="block truncate text-sm" title={key.permissions.join('\n')}>
                {key.permissions.join(', ')}
              </span>
            </Td>
            <Td from="sm" className="whitespace-nowrap">
              <LastUse at={key.lastUsedAt} />
            </Td>
            <Td from="sm" className="whitespace-nowrap">
              <Expiry at={key.expiresAt} />
            </Td>
            <Td className="text-right">
              <Button
                size="small"
                look="danger"
                aria-label={`Revoke ${visibleName(key.name)}`}
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

function LastUse({ at }: { at: string | null }) {
  return at === null ? <span className="text-muted">Never</span> : <Time at={at} />;
}

function Expiry({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className="text-muted">Never</span>;
  if (Date.parse(at) <= now) return <Badge tone="bad">Expired</Badge>;
  return <Time at={at} />;
}
