/** Whole seconds since 1970, the fraction cut off. */
export function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
