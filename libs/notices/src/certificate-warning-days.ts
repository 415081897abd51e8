/** Days before the end of a webhook's client certificate at which its owners are told, the earlier first. */
export const CERTIFICATE_WARNING_DAYS = [30, 7] as const;
