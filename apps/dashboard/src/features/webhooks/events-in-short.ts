/** "session.completed and 3 more", "Everything". */
export function eventsInShort(events: readonly string[]): string {
  if (events.includes('*')) return 'Everything';
  const [first = 'Nothing', ...others] = events;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
