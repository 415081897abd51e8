import { newLeaseHolder } from '@schoolbell/delivery';
import type { DispatcherRun } from '@schoolbell/persistence';
import { machineOfProcesses, startOfProcess } from './processes-of-machine.js';

/** @param name `DISPATCHER_NAME` */
export function thisRun(name: string | undefined): DispatcherRun {
  const { pid } = process;
  const processStarted = startOfProcess(pid);
  return {
    id: newLeaseHolder(),
    name: name ?? null,
    // Without a start time, nobody could distinguish this process from a later one.
    machine: processStarted === null ? null : machineOfProcesses(),
    pid,
    processStarted,
  };
}
