import { isId } from '@schoolbell/catalogue';
import type { CmiCommit } from '../cmi-commit.js';
import { withoutAbsent } from '../without-absent.js';
import { cmiSourceOf, fieldOf } from './cmi-source.js';
import { readScorm12 } from './read-scorm-12.js';
import { readScorm2004 } from './read-scorm-2004.js';

/** What a runtime's server says beside the commit; it counts more than what the player wrote into it. */
export interface GivenWithCommit {
  /** From 1, of one launch. */
  sequence?: number;
  /** It is the last commit of its page. */
  terminate?: boolean;
}

type ReadCommit = { ok: true; commit: CmiCommit } | { ok: false; message: string };

const NO_CMI =
  'The commit has no cmi: send {"cmi": {…}}, or the flattened keys "cmi.core.lesson_status" and so on, as the player writes them.';
const PARAMS =
  'The commit is a list of parameters, which loses values: set dataCommitFormat of the player to "json" or "flattened".';

/**
 * Reads what a SCORM player commits, in each of the ways that scorm-again 3.4.3 can write it. A value that is not
 * valid for its field is dropped, never refused: a player cannot correct it, and the rest still counts.
 *
 * @param body JSON as parsed, whatever it is; never throws, and takes time in proportion to its size at most
 * @returns a message for the developer of the runtime where there is no data model in it
 */
export function readCommit(body: unknown, given: GivenWithCommit = {}): ReadCommit {
  const cmi = cmiSourceOf(body);
  if (!cmi) return { ok: false, message: isParams(body) ? PARAMS : NO_CMI };
  const model = cmi.standard === '1.2' ? readScorm12(cmi) : readScorm2004(cmi);
  const scoId = fieldOf(body, 'scoId');
  return {
    ok: true,
    commit: withoutAbsent({
      ...model,
      sequence: sequenceOf(given.sequence ?? fieldOf(body, 'commitSequence')),
      scoId: isId(scoId) ? scoId : undefined,
      terminate: given.terminate ?? fieldOf(body, 'isTerminate') === true,
    }),
  };
}

/** `dataCommitFormat: "params"` gives `["cmi.core.lesson_status=passed", …]`, also inside `runtimeData`. */
function isParams(body: unknown): boolean {
  return Array.isArray(body) || Array.isArray(fieldOf(body, 'runtimeData'));
}

function sequenceOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
