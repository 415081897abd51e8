/** `cmi.mode` of SCORM 2004, `cmi.core.lesson_mode` of SCORM 1.2. */
export const MODES = ['normal', 'browse', 'review'] as const;

/** `cmi.credit`. */
export const CREDITS = ['credit', 'no-credit'] as const;

/** `cmi.entry`; empty is a value of its own: neither the first launch of the attempt nor a resumed one. */
export const ENTRIES = ['ab-initio', 'resume', ''] as const;
