/** How many days before a webhook's client certificate expires its owners are told, the earlier first. */
export const CERTIFICATE_WARNING_DAYS = [30, 7] as const;
