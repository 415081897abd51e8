interface Page<Row> {
  data: Row[];
  nextCursor: string | null;
}

/** More than any tenant has: it ends the loop if paging is broken. */
const MOST_PAGES = 1_000;

/** Every row of a list that is short enough to be sorted and searched on the page. */
export async function allPages<Row>(
  read: (query: { limit: number; cursor?: string }) => Promise<Page<Row>>,
): Promise<Row[]> {
  const found: Row[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { data, nextCursor } = await read({
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...data);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return found;
}
