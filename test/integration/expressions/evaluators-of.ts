import { execFileSync } from 'node:child_process';

/** The ids of the running evaluator processes that a process has started. */
export function evaluatorsOf(parent: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, stat, ...args]) => {
      return (
        Number(ppid) === parent &&
        !stat?.startsWith('Z') &&
        /evaluator.evaluate/.test(args.join(' '))
      );
    })
    .map(([pid]) => Number(pid));
}
