/** The browser of tests and screenshots. */
export const CHROMIUM = {
  names: ['chromium', 'chromium-browser', 'google-chrome'],
  debianPackage: 'chromium',
};

/** Chromium looks for its maker's servers unless it is told not to; a closed network makes it wait for them. */
const ALONE = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];
/** Only pages of Schoolbell are shown, and Chromium's own sandbox does not start as root. */
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const CHROMIUM_ARGS = [...ALONE, ...AS_ROOT];
