import type {
  DeliveryChanges,
  EventIntake,
  IncomingEvent,
  IntakeReport,
  ScormIntake,
} from '@schoolbell/delivery';

/** @returns the same intake, which also announces the tenants whose events made deliveries */
export function tellingIntake(intake: EventIntake, changes: DeliveryChanges): EventIntake {
  const told = <Report extends IntakeReport<{ kind: string }> | undefined>(
    events: readonly IncomingEvent[],
    report: Report,
  ): Report => {
    report?.acceptances.forEach((acceptance, index) => {
      if (madeDeliveries(acceptance)) changes.created(events[index]!.tenantId);
    });
    return report;
  };
  return {
    accept: async (events, bounds) => told(events, await intake.accept(events, bounds)),
    acceptAllOrNone: async (events, most) =>
      told(events, await intake.acceptAllOrNone(events, most)),
    acceptAllOrNoneInParts: async (events, size) =>
      told(events, await intake.acceptAllOrNoneInParts(events, size)),
  };
}

/**
 * @returns the same intake of launches and commits, which also announces the tenants with new deliveries. The tenant of
 * a commit by token is unknown here: its first attempt announces it
 */
export function tellingScormIntake(intake: ScormIntake, changes: DeliveryChanges): ScormIntake {
  return {
    open: async (launch, bounds) => {
      const report = await intake.open(launch, bounds);
      if (report.webhookIds.length > 0) changes.created(launch.tenantId);
      return report;
    },
    take: async (commits, bounds) => {
      const report = await intake.take(commits, bounds);
      report.outcomes.forEach((outcome, index) => {
        const { source } = commits[index]!;
        if (source.kind === 'server' && madeDeliveries(outcome)) changes.created(source.tenantId);
      });
      return report;
    },
    originOf: (tokenHash) => intake.originOf(tokenHash),
  };
}

function madeDeliveries(outcome: { kind: string; deliveries?: number; duplicate?: boolean }) {
  const isTaken = outcome.kind === 'accepted' || outcome.kind === 'taken';
  return isTaken && outcome.deliveries! > 0 && outcome.duplicate !== true;
}
