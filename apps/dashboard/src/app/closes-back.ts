declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What the link opened beside its page closes by going back, so that going back afterwards does not open it again. */
    closesBack?: boolean;
  }
}

export {};
