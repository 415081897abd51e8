/** While a page loads: words, and not before 300 ms have passed (the router waits). */
export function PageLoading() {
  return (
    <p role="status" className="px-5 py-8 text-muted">
      Loading …
    </p>
  );
}
