import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What was entered on the page before, such as where somebody notices that they forgot their password. */
    email?: string | undefined;
  }
}

/** The e-mail address that was entered on the page before, and then on this one. It stands in no address. */
export function useTakenAlong(): [string, (email: string) => void] {
  return useState(useLocation({ select: ({ state }) => state.email ?? '' }));
}
