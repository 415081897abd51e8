/** A stretch of time that is one bar, or one point of a line. */
export interface Slot {
  /** Unique, such as when it begins. */
  at: string;
  /** Below it, where there is room: "14:00". */
  label: string;
  /** "Fri, 14:00–15:00" */
  name: string;
}

export interface Plot<Data extends Slot> {
  slots: readonly Data[];
  /** Where a slot begins, in pixels. */
  x: (slot: Data) => number;
  slotWidth: number;
  width: number;
  height: number;
}

/** What is said of a slot: "delivered", and how many. */
export interface Figure<Data extends Slot> {
  label: string;
  of: (slot: Data) => string;
}
