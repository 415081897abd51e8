/**
 * The SCO of commits that name none: the one that the launch names, or the only one of its package. Most packages have
 * one SCO, and their players name none.
 *
 * @returns "" where that is not known
 */
export function launchedScoId(launch: { scoId?: string; scos?: readonly string[] }): string {
  const { scoId, scos = [] } = launch;
  return scoId ?? (scos.length === 1 ? scos[0]! : '');
}
