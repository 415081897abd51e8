declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Whether closing what the link opened goes back, since the link stands on the page beneath. */
    closesBack?: boolean;
  }
}

export {};
