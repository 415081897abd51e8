/** What a promise resolves with, or `tooLate` when that takes longer. The promise goes on. */
export async function within<Value>(
  ms: number,
  value: Promise<Value>,
  tooLate: Value,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(resolve, ms, tooLate);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
