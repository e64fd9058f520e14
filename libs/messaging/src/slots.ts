/**
 * Lets so many jobs run at once, in the order they came; those that have not begun can be taken back. Of one lane (a patient, say, whom all
 * of them must claim) only one is under way, until it has left; others pass by those that wait for their lane.
 */
export class Slots<Item> {
  #waiting: Item[] = [];
  #taken = 0;
  /** Who is under way in each lane. */
  readonly #lanes = new Map<string, Item>();

  constructor(
    private readonly size: number,
    private readonly run: (item: Item) => Promise<void>,
    private readonly laneOf: (item: Item) => string | null = () => null,
  ) {}

  add(item: Item): void {
    this.#waiting.push(item);
    this.#next();
  }

  /** All that the job did is done, its claims are given back: the next of its lane may begin. */
  leave(item: Item): void {
    const lane = this.laneOf(item);
    if (lane === null || this.#lanes.get(lane) !== item) return;
    this.#lanes.delete(lane);
    this.#next();
  }

  /** What waits for a slot, taken out of the line. */
  takeBack(): readonly Item[] {
    return this.#waiting.splice(0);
  }

  #next(): void {
    while (this.#taken < this.size) {
      const index = this.#waiting.findIndex((item) => this.#isFree(this.laneOf(item)));
      const [item] = index === -1 ? [] : this.#waiting.splice(index, 1);
      if (item === undefined) return;
      this.#begin(item);
    }
  }

  #isFree(lane: string | null): boolean {
    return lane === null || !this.#lanes.has(lane);
  }

  #begin(item: Item): void {
    const lane = this.laneOf(item);
    if (lane !== null) this.#lanes.set(lane, item);
    this.#taken += 1;
    void this.run(item).finally(() => {
      this.#taken -= 1;
      this.#next();
    });
  }
}
