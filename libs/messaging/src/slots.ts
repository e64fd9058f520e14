/** Lets so many jobs run at once, in the order they came; those that have not begun can be taken back. */
export class Slots<Item> {
  #waiting: Item[] = [];
  #taken = 0;

  constructor(
    private readonly size: number,
    private readonly run: (item: Item) => Promise<void>,
  ) {}

  add(item: Item): void {
    this.#waiting.push(item);
    this.#next();
  }

  /** What waits for a slot, taken out of the line. */
  takeBack(): readonly Item[] {
    return this.#waiting.splice(0);
  }

  #next(): void {
    if (this.#taken >= this.size) return;
    const item = this.#waiting.shift();
    if (item === undefined) return;
    this.#taken += 1;
    void this.run(item).finally(() => {
      this.#taken -= 1;
      this.#next();
    });
  }
}
