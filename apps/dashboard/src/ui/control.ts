/** The look of everything that takes input: one height, one border. */
export const CONTROL =
  'h-9 rounded-md border border-line bg-raised px-3 text-base text-ink transition-colors placeholder:text-muted hover:border-line-strong disabled:opacity-55 data-disabled:opacity-55 aria-invalid:border-bad data-invalid:border-bad';
