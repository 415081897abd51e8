import { Lane } from './lane.js';
import { DEADLINE_MS, IDLE_MS, MAX_WAITING_PER_KEY, SUSPECTS_REST_MS } from './limits.js';
import type { Program } from './program.js';
import { Suspects } from './suspects.js';
import { Task } from './task.js';

export interface SandboxOptions {
  /** How long a worker without work lives on, in milliseconds. Default 30 s. */
  idleMs?: number;
  /** How long a request may keep a worker busy, in milliseconds of a processor. Default 50. */
  deadlineMs?: number;
  /** As many as one key ever asks for at once, or some are `unavailable`. Default 1,000. */
  maxWaitingPerKey?: number;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/**
 * Runs what customers wrote in processes apart: each request within its deadline, in bounded memory, with no way
 * to files, environment or other processes. Nothing that it does can hold up or end this process.
 *
 * It starts no worker before the first request, one then, a second while somebody's requests run over their
 * deadline, and ends them when they have had no work for a while.
 */
export class Sandbox<Request, Answer> {
  private readonly suspects: Suspects;
  private readonly common: Lane<Request, Answer>;
  private readonly apart: Lane<Request, Answer>;
  private closed = false;

  constructor(
    private readonly program: Program<Request, Answer>,
    {
      idleMs = IDLE_MS,
      deadlineMs = DEADLINE_MS,
      maxWaitingPerKey = MAX_WAITING_PER_KEY,
      now = () => performance.now(),
    }: SandboxOptions = {},
  ) {
    this.suspects = new Suspects(now);
    const overran = (key: string): void => this.suspects.add(key);
    const options = { program, idleMs, deadlineMs, maxWaitingPerKey, overran };
    this.apart = new Lane({ ...options, restMs: SUSPECTS_REST_MS });
    this.common = new Lane({ ...options, restMs: 0, redirect: this.sendApart });
  }

  /**
   * @param key whose it is: keys share the time of a worker, and one that runs over its deadline slows down only itself
   * @returns what the program answers, or what it names for a request that is lost
   * @throws once it is closed
   */
  async ask(key: string, request: Request): Promise<Answer> {
    if (this.closed) throw new Error('The sandbox is closed.');
    const task = new Task(key, request, this.program.lost.unavailable);
    if (!this.sendApart(task)) this.common.add(task);
    return task.answer;
  }

  /** Whoever still waits is answered `unavailable`; who asks later is rejected. */
  close(): void {
    this.closed = true;
    this.common.close();
    this.apart.close();
  }

  private readonly sendApart = (task: Task<Request, Answer>): boolean => {
    if (!this.suspects.has(task.key)) return false;
    task.alone = true;
    this.apart.add(task);
    return true;
  };
}
