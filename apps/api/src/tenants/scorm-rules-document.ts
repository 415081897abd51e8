import { ApiProperty } from '@nestjs/swagger';
import type { TenantDraft, TenantRecord } from '@schoolbell/persistence';
import { DEFAULT_SCORM_RULES } from '@schoolbell/scorm';
import { Flag } from '../fields/flag.js';
import { Nested } from '../fields/nested.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { stacked } from '../fields/stacked.js';

const COMPLETION_ON_FAILED = {
  default: DEFAULT_SCORM_RULES.completionOnFailed,
  description:
    'SCORM 1.2 `failed` is completed and failed, instead of incomplete and failed; also for posted events with `lessonStatus: "failed"`.',
};
const APPLY_THRESHOLDS = {
  default: DEFAULT_SCORM_RULES.applyThresholds,
  description:
    'Mastery score, completion threshold and scaled passing score override what the SCO says.',
};

/** The rules by which commits of SCORM players are read, as input. */
export class ScormRulesInput {
  @MayBeLeftOut()
  @Flag(COMPLETION_ON_FAILED)
  completionOnFailed?: boolean;

  @MayBeLeftOut()
  @Flag(APPLY_THRESHOLDS)
  applyThresholds?: boolean;
}

/** The rules in a body. Each of them may be left out, as may all. */
export function ScormRulesField(): PropertyDecorator {
  return stacked(
    MayBeLeftOut(),
    Nested(ScormRulesInput, {
      description:
        'How commits of SCORM players are read; fields that are left out stay as they are.',
    }),
  );
}

/** The rules by which commits of SCORM players are read. */
export class ScormRulesDocument {
  @ApiProperty(COMPLETION_ON_FAILED)
  completionOnFailed!: boolean;

  @ApiProperty(APPLY_THRESHOLDS)
  applyThresholds!: boolean;
}

export function presentScormRules(
  tenant: Pick<TenantRecord, 'scormCompletionOnFailed' | 'scormApplyThresholds'>,
): ScormRulesDocument {
  return {
    completionOnFailed: tenant.scormCompletionOnFailed,
    applyThresholds: tenant.scormApplyThresholds,
  };
}

/** The rules as columns of the tenant; rules left out keep their values. */
export function scormRuleColumns(
  rules: ScormRulesInput = {},
): Pick<TenantDraft, 'scormCompletionOnFailed' | 'scormApplyThresholds'> {
  const { completionOnFailed, applyThresholds } = rules;
  return {
    ...(completionOnFailed !== undefined && { scormCompletionOnFailed: completionOnFailed }),
    ...(applyThresholds !== undefined && { scormApplyThresholds: applyThresholds }),
  };
}
