/** Shown while a page loads; the router waits 300 ms before showing it. */
export function PageLoading() {
  return (
    <p role="status" className="px-5 py-8 text-muted">
      Loading …
    </p>
  );
}
