import {
  DEFAULT_SCORM_RULES,
  NEW_ATTEMPT,
  openLaunch,
  readCommit,
  takeCommit,
  type AttemptState,
  type CommitPlace,
  type GivenWithCommit,
  type ScormRules,
} from '../index.js';

/** A data model, and what a server says beside it. */
export type Said = Record<string, unknown> & GivenWithCommit;

export const COMPLETED: Said = { completion_status: 'completed' };
export const INCOMPLETE: Said = { completion_status: 'incomplete' };
export const SCORED: Said = { completion_status: 'incomplete', score: { raw: '85' } };

/** Of SCORM 1.2. */
export function core(lesson_status: string, more: object = {}): Said {
  return { core: { lesson_status, ...more } };
}

export function launched(rules: Partial<ScormRules> = {}): AttemptUnderTest {
  const attempt = new AttemptUnderTest(NEW_ATTEMPT, rules);
  attempt.launch();
  return attempt;
}

/** An attempt that is launched and told commits. */
export class AttemptUnderTest {
  private readonly rules: ScormRules;

  constructor(
    public state: AttemptState = NEW_ATTEMPT,
    rules: Partial<ScormRules> = {},
  ) {
    this.rules = { ...DEFAULT_SCORM_RULES, ...rules };
  }

  launch(...scoIds: string[]): void {
    this.state = openLaunch(this.state, scoIds.length > 0 ? scoIds : ['']).attempt;
  }

  /**
   * @param place default: the newest launch and no SCO
   * @returns the events that follow: the type without `session.`, and the data without the ids
   */
  told(cmi: Said, place: Partial<CommitPlace> = {}): [type: string, data: object][] {
    const { sequence, terminate, ...model } = cmi;
    const read = readCommit({ cmi: model }, { sequence, terminate });
    if (!read.ok) throw new Error(read.message);
    const { attempt, facts } = takeCommit(this.state, read.commit, {
      launch: this.state.launches,
      scoId: '',
      rules: this.rules,
      isOldAttempt: false,
      ...place,
    });
    this.state = attempt;
    return facts.map(({ type, data }) => [type.replace('session.', ''), data]);
  }

  /** As `told`; `progress,scored`. */
  types(cmi: Said, place: Partial<CommitPlace> = {}): string {
    const events = this.told(cmi, place);
    return events.map(([type]) => type).join();
  }
}
