/** Chromium without its window: it does the same with a fifth less of CPU. */
const HEADLESS_SHELL = {
  names: ['chromium-headless-shell', 'chrome-headless-shell'],
  debianPackage: 'chromium-headless-shell',
};

/** The browser of screenshots, and of tests where there is no headless shell. */
export const CHROMIUM = {
  names: ['chromium', 'chromium-browser', 'google-chrome'],
  debianPackage: 'chromium',
};

/** The browser of tests: one that is here, or else the one that is quicker. */
export const TEST_BROWSER = {
  names: [...HEADLESS_SHELL.names, ...CHROMIUM.names],
  debianPackage: HEADLESS_SHELL.debianPackage,
};

/** Chromium looks for its maker's servers unless it is told not to; a closed network makes it wait for them. */
const ALONE = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];
/** A page lives for seconds: to optimise what it runs takes longer than that saves, a tenth of all that Chromium does. */
const UNOPTIMISED = '--js-flags=--no-maglev --no-opt';
/** Only pages of Schoolbell are shown, and Chromium's own sandbox does not start as root. */
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const CHROMIUM_ARGS = [...ALONE, UNOPTIMISED, ...AS_ROOT];
