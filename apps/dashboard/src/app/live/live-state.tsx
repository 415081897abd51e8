/** Whether what the page shows is live; filled in with the stream. */
export function LiveState() {
  return null;
}
