interface Entry {
  at: number;
  /** Keeps what happens at the same moment in the order in which it was added. */
  order: number;
  happen: () => void;
}

/** What will happen, the earliest first. */
export class EventQueue {
  /** Microseconds since the start. */
  now = 0;
  private readonly heap: Entry[] = [];
  private added = 0;

  after(micros: number, happen: () => void): void {
    this.heap.push({ at: this.now + micros, order: this.added++, happen });
    this.siftUp(this.heap.length - 1);
  }

  /** Has everything happen until then, or until nothing is left. */
  run(until: number): void {
    for (let next = this.heap[0]; next && next.at <= until; next = this.heap[0]) {
      this.now = next.at;
      this.removeFirst();
      next.happen();
    }
    this.now = until;
  }

  private removeFirst(): void {
    const last = this.heap.pop()!;
    if (this.heap.length === 0) return;
    this.heap[0] = last;
    this.siftDown(0);
  }

  private siftUp(index: number): void {
    for (let child = index; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.isEarlier(child, parent)) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  private siftDown(index: number): void {
    for (let parent = index; ;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      let first = parent;
      if (left < this.heap.length && this.isEarlier(left, first)) first = left;
      if (right < this.heap.length && this.isEarlier(right, first)) first = right;
      if (first === parent) return;
      this.swap(parent, first);
      parent = first;
    }
  }

  private isEarlier(a: number, b: number): boolean {
    const [one, other] = [this.heap[a]!, this.heap[b]!];
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}
