interface Mark {
  /** Place between the first attempt and the last, 0 to 100. */
  place: number;
  /** Seconds after the first attempt. */
  at: number;
  /** Seconds after the attempt before. */
  delay: number;
}

/**
 * The attempts of a cycle on a logarithmic line, so that both half a minute and six hours can be seen. The first
 * attempt is at 0.
 */
export function timeLineOf(delays: readonly number[]): Mark[] {
  const marks = delays.reduce<Omit<Mark, 'place'>[]>(
    (before, delay) => [...before, { at: before.at(-1)!.at + delay, delay }],
    [{ at: 0, delay: 0 }],
  );
  const length = (seconds: number) => Math.log1p(seconds / 10);
  const all = length(marks.at(-1)!.at) || 1;
  return marks.map((mark) => ({ ...mark, place: (100 * length(mark.at)) / all }));
}
