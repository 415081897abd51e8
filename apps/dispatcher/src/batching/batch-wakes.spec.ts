import { describe, expect, it, vi } from 'vitest';
import { BatchWakes } from './batch-wakes.js';

function start(batching: string[]) {
  const singles = { onWake: vi.fn(async () => undefined) };
  const batches = { onWake: vi.fn(async () => undefined) };
  const modes = {
    sendingBatches: vi.fn(async (ids: readonly string[]) =>
      ids.filter((id) => batching.includes(id)),
    ),
  };
  return { wakes: new BatchWakes(singles, batches, modes), singles, batches, modes };
}

describe('a wake', () => {
  it('goes to the single deliveries at once, and to the batches of webhooks that send some', async () => {
    const { wakes, singles, batches } = start(['collects']);
    await wakes.onWake(['collects', 'other']);
    expect(singles.onWake).toHaveBeenCalledExactlyOnceWith(['collects', 'other']);
    await vi.waitFor(() => expect(batches.onWake).toHaveBeenCalledWith(['collects']));
  });

  it('asks only once whether a webhook sends batches', async () => {
    const { wakes, modes, batches } = start(['collects']);
    await wakes.onWake(['collects', 'other']);
    await wakes.onWake(['collects', 'other']);
    await vi.waitFor(() => expect(batches.onWake).toHaveBeenCalled());
    await wakes.onWake(['other', 'collects']);
    expect(modes.sendingBatches).toHaveBeenCalledExactlyOnceWith(['collects', 'other']);
  });

  it('looks once at a webhook that is woken a hundred times in the same moment', async () => {
    const { wakes, batches } = start(['collects']);
    await wakes.onFound(['collects']);
    for (let i = 0; i < 100; i++) await wakes.onWake(['collects']);
    await vi.waitFor(() => expect(batches.onWake).toHaveBeenCalledTimes(2));
  });

  it('asks again when nobody could answer, such as while Postgres is away', async () => {
    const { wakes, modes, batches } = start(['collects']);
    modes.sendingBatches.mockRejectedValueOnce(new Error('gone'));
    await wakes.onWake(['collects']);
    await vi.waitFor(async () => {
      await wakes.onWake(['collects']);
      expect(batches.onWake).toHaveBeenCalled();
    });
  });

  it('reaches a webhook that has begun to send batches once the sweep has found what it collects', async () => {
    const { wakes, batches } = start([]);
    await wakes.onWake(['changed']);
    await wakes.onFound(['changed']);
    batches.onWake.mockClear();
    await wakes.onWake(['changed']);
    await vi.waitFor(() => expect(batches.onWake).toHaveBeenCalledWith(['changed']));
  });
});
