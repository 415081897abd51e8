// Files in this folder run as plain Node processes, without a build: hence the `.ts` in their imports.

type Commands = Record<string, (argument: never) => unknown>;

/** Answers the calls of `BenchProcess.call` over the channel to the parent; ends with the parent. */
export function serveCommands(commands: Commands): void {
  process.on('message', async ({ id, name, argument }: CommandMessage) => {
    try {
      const result = await commands[name]!(argument as never);
      process.send!({ id, result });
    } catch (error) {
      process.send!({ id, error: error instanceof Error ? error.stack : String(error) });
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send!({ ready: true });
}

interface CommandMessage {
  id: number;
  name: string;
  argument: unknown;
}
