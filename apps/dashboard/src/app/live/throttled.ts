/** Calls `work` at once, then at most once per `everyMs`. The last call is never lost. */
export function throttled(everyMs: number, work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const rest = (): void => {
    timer = undefined;
    if (asked) call();
  };
  const call = (): void => {
    asked = false;
    timer = setTimeout(rest, everyMs);
    work();
  };
  return () => {
    if (timer === undefined) call();
    else asked = true;
  };
}
