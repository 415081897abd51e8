import { Module } from '@nestjs/common';
import type { EventIntake, Wakes } from '@schoolbell/delivery';
import {
  ChangeTeller,
  type Database,
  PostgresEventIntake,
  TenantRepository,
} from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { tellingIntake } from '../changes/telling-intake.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { IntakeHealth } from '../persistence/intake-health.js';
import { DATABASE } from '../persistence/persistence.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { IntakeCounts, type MeasuredLane } from '../measuring/intake-counts.js';
import { BatchIntake } from './batch-intake.js';
import { CompletionOnFailed } from './completion-on-failed.js';
import { EventAcceptor } from './event-acceptor.js';
import { EventIntakeBuffer } from './event-intake-buffer.js';
import { EventsController } from './events.controller.js';
import { FanOutWidths } from '../intake/fan-out-widths.js';
import { RegisteredTypeReader } from './registered-type-reader.js';

@Module({
  imports: [EventTypesModule, SettingsModule],
  controllers: [EventsController],
  providers: [
    RegisteredTypeReader,
    {
      provide: EventAcceptor,
      inject: [
        DATABASE,
        WAKES,
        IntakeHealth,
        RegisteredTypeReader,
        TenantRepository,
        ChangeTeller,
        IntakeCounts,
      ],
      useFactory: eventAcceptor,
    },
  ],
})
export class EventsModule {}

function eventAcceptor(
  db: Database,
  wakes: Wakes,
  health: IntakeHealth,
  registeredTypes: RegisteredTypeReader,
  tenants: TenantRepository,
  changes: ChangeTeller,
  counts: IntakeCounts,
): EventAcceptor {
  const intakeOf = (intakePool: Database['intakePool'], lane: MeasuredLane): EventIntake => {
    const intake = counts.of(new PostgresEventIntake({ intakePool }), lane);
    return tellingIntake(health.watch(intake), changes);
  };
  const light = intakeOf(db.intakePool, 'light');
  const batches = intakeOf(db.batchIntakePool, 'batches');
  const heavy = intakeOf(db.heavyIntakePool, 'heavy');
  const widths = new FanOutWidths();
  const buffer = new EventIntakeBuffer({ light, heavy }, wakes, widths);
  const batchIntake = new BatchIntake({ light: batches, heavy }, widths);
  const completionOnFailed = new CompletionOnFailed(tenants);
  return new EventAcceptor(buffer, batchIntake, registeredTypes, wakes, completionOnFailed);
}
