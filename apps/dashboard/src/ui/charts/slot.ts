/** A period that is one bar, or one point of a line. */
export interface Slot {
  /** Unique, such as the instant at which it begins. */
  at: string;
  /** Shown below it where there is room: "14:00". */
  label: string;
  /** Its full name: "Fri, 14:00–15:00". */
  name: string;
}

export interface Plot<Data extends Slot> {
  slots: readonly Data[];
  /** The slot's left edge, in pixels. */
  x: (slot: Data) => number;
  slotWidth: number;
  width: number;
  height: number;
}

/** One figure of a slot: "delivered", and how many. */
export interface Figure<Data extends Slot> {
  label: string;
  of: (slot: Data) => string;
}
