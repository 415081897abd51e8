import { useSyncExternalStore } from 'react';
import { linkToken } from '../../app/link-token.ts';

/** The token of the link that opened the page. */
export const useLinkToken = (): string | undefined =>
  useSyncExternalStore(linkToken.subscribe, linkToken.get);
