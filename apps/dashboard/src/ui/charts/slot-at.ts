/** Which of `count` equal slots lies at `x` of `width`. */
export function slotAt(x: number, width: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((x / width) * count)));
}

/** The slot that a key leads to; undefined for keys that lead nowhere. Arrows start at the newest slot. */
export function slotByKey(
  key: string,
  slot: number | undefined,
  count: number,
): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return slot === undefined ? last : Math.max(0, slot - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return slot === undefined ? last : Math.min(last, slot + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** How many slots share a label: `width` pixels for `count` slots, `room` pixels for a label. */
export function labelEvery(width: number, count: number, room: number): number {
  return Math.max(1, Math.ceil((count * room) / Math.max(1, width)));
}
