interface Cleaning {
  onCleanup: (clean: () => void | Promise<void>) => void;
}

/** For `test.extend`: opens a resource when the first test needs it, and closes it after the last one of its scope. */
export function closing<Resource extends { close(): void | Promise<void> }>(
  open: () => Resource | Promise<Resource>,
) {
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads there which fixtures it needs
  return async ({}, { onCleanup }: Cleaning): Promise<Resource> => {
    const resource = await open();
    onCleanup(() => resource.close());
    return resource;
  };
}
