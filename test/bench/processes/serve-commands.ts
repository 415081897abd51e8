// What stands in this folder runs as plain Node processes, without a build: hence the `.ts` in its imports.

type Commands = Record<string, (argument: never) => unknown>;

/** Answers what `BenchProcess.call` asks over the channel to the parent; ends when the parent is gone. */
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
