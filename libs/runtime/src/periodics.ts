import type { Periodic } from './periodic.js';

/** A piece of work for each of many, such as feeds: `as` is what it depends on, and another one where it is to be begun anew. */
export interface Wanted {
  readonly as: string;
  readonly begin: () => Periodic;
}

/** Keeps a periodic piece of work for each key that is wanted, and for no other. */
export class Periodics {
  private readonly running = new Map<string, { readonly as: string; readonly ends: () => Promise<void> }>();
  private isOver = false;

  /** Begins what is new, ends what is no longer wanted, and leaves the others as they are. What is begun anew waits for its last piece of work. */
  keep(wanted: ReadonlyMap<string, Wanted>): void {
    if (this.isOver) return;
    for (const [key, { ends }] of this.running) {
      if (wanted.has(key)) continue;
      this.running.delete(key);
      void ends();
    }
    for (const [key, { as, begin }] of wanted) {
      const before = this.running.get(key);
      if (before?.as === as) continue;
      this.running.set(key, { as, ends: startedAfter(before?.ends() ?? null, begin()) });
    }
  }

  /** Ends all, each after the piece of work in hand. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all([...this.running.values()].map(({ ends }) => ends()));
  }
}

/** Starts it at once, or when what it follows has ended. Answers with how it is ended. */
function startedAfter(before: Promise<void> | null, periodic: Periodic): () => Promise<void> {
  if (before === null) {
    periodic.start();
    return () => periodic.stop();
  }
  let isWanted = true;
  const started = before.then(() => {
    if (isWanted) periodic.start();
  });
  return async () => {
    isWanted = false;
    await started;
    await periodic.stop();
  };
}
