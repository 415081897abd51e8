/** An owner of a tenant. */
export interface Owner {
  /** UUID. */
  id: string;
  /** False while the invitation is not accepted. */
  active: boolean;
}

/**
 * Whether a tenant still has somebody in charge without one of its owners: another one, who can sign in if this one
 * could.
 *
 * @param leaving id of the owner who would go, or get another role
 */
export function keepsAnOwner(owners: readonly Owner[], leaving: string): boolean {
  const others = owners.filter(({ id }) => id !== leaving);
  const isActive = owners.some(({ id, active }) => id === leaving && active);
  return others.some(({ active }) => active || !isActive);
}
