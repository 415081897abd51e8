declare module '@tanstack/react-router' {
  interface HistoryState {
    /** What the link opened beside its page closes by going back, since it was opened from another page. */
    closesBack?: boolean;
  }
}

export {};
