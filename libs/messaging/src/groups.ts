export interface GroupLimits {
  readonly rows: number;
  readonly ms: number;
  readonly inFlight: number;
}

/** Collects items and hands them over in groups: at `rows` of them or `ms` after the first, at most `inFlight` groups at once. `work` must not reject. */
export class Groups<Item> {
  #waiting: Item[] = [];
  #timer: NodeJS.Timeout | null = null;
  #atWork = 0;

  constructor(
    private readonly work: (group: readonly Item[]) => Promise<void>,
    private readonly limits: GroupLimits,
  ) {}

  add(item: Item): void {
    this.#waiting.push(item);
    if (this.#waiting.length >= this.limits.rows) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), this.limits.ms);
  }

  #start(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#waiting.length > 0 && this.#atWork < this.limits.inFlight) {
      const group = this.#waiting.splice(0, this.limits.rows);
      this.#atWork += 1;
      void this.work(group).finally(() => {
        this.#atWork -= 1;
        this.#start();
      });
    }
  }
}
