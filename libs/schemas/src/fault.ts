/** A rule that a value breaks. */
export interface Fault {
  /** Where: `order.lines[3].sku`; empty for the value as a whole. */
  path: string;
  message: string;
}
