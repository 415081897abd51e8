import { useSyncExternalStore } from 'react';
import { linkToken } from '../../app/link-token.ts';

/** The token of the link that brought somebody here. */
export const useLinkToken = (): string | undefined =>
  useSyncExternalStore(linkToken.subscribe, linkToken.get);
