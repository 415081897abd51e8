/** Which tenant a user of the platform looks at. */
export function TenantSwitcher() {
  return null;
}
