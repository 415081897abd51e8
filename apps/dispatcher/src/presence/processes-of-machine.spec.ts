import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hasProcessEnded, machineOfProcesses, startOfProcess } from './processes-of-machine.js';

/** Runs it in a shell. `said` is its first line. */
async function start(command: string): Promise<{ child: ChildProcess; pid: number; said: string }> {
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [output] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, pid: child.pid!, said: String(output).trim() };
}

describe.runIf(process.platform === 'linux')('a process', () => {
  it('runs, also while it is stopped, until it is killed', async () => {
    const { child, pid } = await start('echo started; exec sleep 60');
    const started = startOfProcess(pid)!;
    expect(hasProcessEnded(pid, started)).toBe(false);
    child.kill('SIGSTOP');
    expect(hasProcessEnded(pid, started)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(hasProcessEnded(pid, started)).toBe(true);
  });

  it('has ended when nobody has asked yet how', async () => {
    // The shell becomes a process that never asks how its child ended.
    const { said } = await start('sleep 0.1 & echo $!; exec sleep 60');
    const pid = Number(said);
    const started = startOfProcess(pid)!;
    await vi.waitFor(() => expect(hasProcessEnded(pid, started)).toBe(true), 5_000);
    expect(startOfProcess(pid)).toBe(started);
  });

  it('has ended when another one has its id', () => {
    const started = startOfProcess(process.pid)!;
    expect(hasProcessEnded(process.pid, started)).toBe(false);
    expect(hasProcessEnded(process.pid, String(Number(started) - 1))).toBe(true);
  });

  it('is one of a machine that says the same to all of its processes', () => {
    expect(machineOfProcesses()).toBe(machineOfProcesses());
    expect(machineOfProcesses()).toMatch(/^[\da-f-]{36} pid:\[\d+\] time:\[\d+\] ./);
  });
});
