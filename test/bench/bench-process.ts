import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

type Program =
  | 'receiver'
  | 'soak-receiver'
  | 'load-generator'
  | 'bare-loop'
  | 'promise-api'
  | 'promise-sender'
  | 'naive-api'
  | 'naive-worker';

/** A process of the harness, which takes its commands over a channel. */
export class BenchProcess {
  private readonly pending = new Map<number, PromiseWithResolvers<unknown>>();
  private lastId = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: Answer) => this.settle(answer));
    child.once('exit', () => {
      for (const { reject } of this.pending.values()) reject(new Error('The process ended.'));
    });
  }

  static async start(program: Program): Promise<BenchProcess> {
    const file = join(import.meta.dirname, 'processes', `${program}.ts`);
    const child = fork(file, [], { serialization: 'advanced', execArgv: [] });
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error(`${program} did not start.`)));
    });
    return new BenchProcess(child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  async call<Result>(name: string, argument?: unknown): Promise<Result> {
    const id = ++this.lastId;
    const pending = Promise.withResolvers<unknown>();
    this.pending.set(id, pending);
    this.child.send({ id, name, argument });
    return pending.promise as Promise<Result>;
  }

  stop(): void {
    this.child.removeAllListeners();
    this.child.kill();
  }

  private settle({ id, result, error }: Answer): void {
    const pending = this.pending.get(id)!;
    this.pending.delete(id);
    if (error === undefined) pending.resolve(result);
    else pending.reject(new Error(error));
  }
}
