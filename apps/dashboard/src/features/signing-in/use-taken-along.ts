import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The address that the user entered on the page before, such as before noticing that the password is forgotten. */
    email?: string | undefined;
  }
}

/** The e-mail address that the user entered on the page before, or changed on this one. It is in no URL. */
export function useTakenAlong(): [string, (email: string) => void] {
  return useState(useLocation({ select: ({ state }) => state.email ?? '' }));
}
