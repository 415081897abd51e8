const DONE = 'schoolbell.reloaded-at';
const AT_MOST_EVERY_MS = 60_000;

/**
 * After an upgrade the files that an open page would load next are gone: it loads itself anew, once. If files are
 * missing still, something else is wrong, and the page says so.
 */
export function reloadWhenUpgraded(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(DONE) ?? 0);
    if (Date.now() - last < AT_MOST_EVERY_MS) return;
    event.preventDefault();
    sessionStorage.setItem(DONE, String(Date.now()));
    window.location.reload();
  });
}
