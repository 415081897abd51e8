/** Digits that a double carries surely: 0.29 × 100 is 29, not 28.999999999999996. */
const SURE_DIGITS = 12;

/** A share of 1 in percent, without the noise of binary fractions. */
export function percent(share: number): number {
  return Number((share * 100).toPrecision(SURE_DIGITS));
}

/** A share of 1 in whole percent, rounded down: 100 only when everything is done. */
export function wholePercent(share: number): number {
  return Math.floor(percent(share));
}
