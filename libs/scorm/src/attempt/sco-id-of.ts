import type { CmiCommit } from '../cmi-commit.js';
import { launchedScoId } from './launched-sco-id.js';

/** What says of which SCO a commit is. */
interface ScoNames {
  /** What the runtime's server says of the commit itself. */
  called?: string;
  /** What the launch names. */
  launched?: string;
  /** The SCOs that the launch names as those of the package. */
  scos?: readonly string[];
}

/**
 * The SCO that a commit is of. What a player renders into the commit counts only as one of the SCOs that the launch
 * names: it is a setting of the page, and anybody with the page can change it.
 *
 * @returns "" where nothing names one
 */
export function scoIdOf({ scoId }: CmiCommit, { called, launched, scos = [] }: ScoNames): string {
  const rendered = scoId !== undefined && scos.includes(scoId) ? scoId : undefined;
  return called ?? rendered ?? launchedScoId({ scoId: launched, scos });
}
