interface StreamMessage {
  event: string;
  id: string | undefined;
  data: any;
  /** Unix milliseconds. */
  at: number;
}

/** A stream of server-sent events that is being read. */
export interface WatchedStream {
  status: number;
  headers: Headers;
  /** The messages, oldest first. */
  messages: StreamMessage[];
  of(event: string): any[];
  /** Where to continue from. */
  lastEventId(): string | undefined;
  /** Whether the server ended it, or it broke. */
  readonly hasEnded: boolean;
  close(): void;
}

/** @param headers such as the key, and `Last-Event-ID` */
export async function watchStream(
  url: string,
  headers: Record<string, string>,
): Promise<WatchedStream> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const messages: StreamMessage[] = [];
  const state = { lastEventId: undefined as string | undefined, ended: false };
  if (response.ok) {
    void read(response, messages, state).finally(() => (state.ended = true));
  } else {
    state.ended = true;
    messages.push({ event: 'problem', id: undefined, data: await response.json(), at: Date.now() });
  }
  return {
    status: response.status,
    headers: response.headers,
    messages,
    of: (event) => messages.filter((one) => one.event === event).map(({ data }) => data),
    lastEventId: () => state.lastEventId,
    get hasEnded() {
      return state.ended;
    },
    close: () => abort.abort(),
  };
}

async function read(
  response: Response,
  messages: StreamMessage[],
  state: { lastEventId: string | undefined },
): Promise<void> {
  let text = '';
  const decoder = new TextDecoderStream();
  try {
    for await (const chunk of response.body!.pipeThrough(
      decoder as never,
    ) as never as AsyncIterable<string>) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) take(block, messages, state);
    }
  } catch {
    // The connection was cut.
  }
}

function take(
  block: string,
  messages: StreamMessage[],
  state: { lastEventId: string | undefined },
): void {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line)!;
      return [name, value] as const;
    }),
  );
  const id = fields.get('id');
  if (id !== undefined) state.lastEventId = id;
  const data = fields.get('data');
  if (data === undefined) return;
  messages.push({ event: fields.get('event')!, id, data: JSON.parse(data), at: Date.now() });
}
