import { useQueryClient } from '@tanstack/react-query';
import { Radio, RefreshCw, WifiOff } from 'lucide-react';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { Tooltip } from '../../ui/tooltip.tsx';
import { chosenTenant } from '../api/chosen-tenant.ts';
import { useMe } from '../session/use-me.ts';
import { keepCachesLive } from './keep-caches-live.ts';
import type { LiveState as State } from './live-connection.ts';
import { live } from './live.ts';

const ICON = 'size-3.5 shrink-0';
const SHOWN: Record<State, { words: string; says: string; look: string; icon: ReactNode }> = {
  connecting: {
    words: 'Connecting…',
    says: 'The live connection is being opened.',
    look: 'text-muted',
    icon: <Radio aria-hidden className={ICON} />,
  },
  live: {
    words: 'Live',
    says: 'Changes are shown at once.',
    look: 'text-good',
    icon: <Radio aria-hidden className={ICON} />,
  },
  polling: {
    words: 'Updating every 10 s',
    says: 'The live connection failed. The page asks for changes every ten seconds, and tries to connect again every minute.',
    look: 'text-wait',
    icon: <RefreshCw aria-hidden className={ICON} />,
  },
  offline: {
    words: 'Offline',
    says: 'The API cannot be reached at the moment: the page shows what it read last.',
    look: 'text-bad',
    icon: <WifiOff aria-hidden className={ICON} />,
  },
};

/** Shows whether the page is live. The page watches for changes while this is mounted. */
export function LiveState() {
  const { tenantId } = useMe();
  const chosen = useSyncExternalStore(chosenTenant.subscribe, chosenTenant.get);
  const hasTenant = tenantId !== null || chosen !== undefined;
  useWatching(hasTenant);
  const { words, says, look, icon } =
    SHOWN[useSyncExternalStore(live.subscribeToState, live.state)];
  if (!hasTenant) return null;
  return (
    <Tooltip text={says}>
      <button
        type="button"
        aria-label={`${words}. ${says}`}
        className={`flex shrink-0 items-center gap-1.5 rounded-md px-1 text-xs font-medium whitespace-nowrap sm:w-34 sm:justify-end ${look}`}
      >
        {icon}
        <span className="hidden sm:inline">{words}</span>
      </button>
    </Tooltip>
  );
}

function useWatching(hasTenant: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!hasTenant) return undefined;
    const stopKeeping = live.subscribe(keepCachesLive(client));
    const stopWatching = live.watch();
    return () => {
      stopWatching();
      stopKeeping();
    };
  }, [client, hasTenant]);
}
