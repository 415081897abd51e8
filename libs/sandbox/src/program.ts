/** Why a request got no answer of its own. */
export type Loss =
  /** Alone in a worker, it ran over its deadline. */
  | 'deadline'
  /** Alone in a worker, it needed more memory than a worker has. */
  | 'memory'
  /** No worker took it in time. This says nothing about the request: ask again. */
  | 'unavailable';

/** For a program that knows that what it does next takes longer, or less long: from now on it has this many milliseconds. */
export type Allow = (ms: number) => void;

/** What runs in a worker: a module that exports `answer`, which is asked request by request. */
export interface Program<Request, Answer> {
  /**
   * The module, with `answer(request: Request, allow: Allow): Answer | Promise<Answer>`. It finds `args` from
   * `process.argv[3]` on.
   */
  file: string;
  args: readonly string[];
  /** Folders that the worker may read besides its own. It reads nothing else, and starts no process. */
  folders: readonly string[];
  /** Flags of Node, besides those of every worker. */
  flags: readonly string[];
  /** For how much of a message a request counts, in characters. */
  sizeOf(request: Request): number;
  /** What whoever asked is answered then. */
  lost: Readonly<Record<Loss, Answer>>;
}
