import { randomUUID } from 'node:crypto';

/** A plan, or the carrying out of one: how far it is, and what it came to once it is no longer running and has not failed. */
export interface Run<Counts> {
  readonly id: string;
  readonly does: string;
  /** Who carries it out; null of a plan. */
  readonly by: string | null;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly done: number;
  readonly of: number;
  readonly counts: Counts | null;
}

/** How a piece of work tells how far it is, and is told to begin nothing more. */
export interface Watched {
  readonly progress: (done: number, of: number) => void;
  readonly signal: AbortSignal;
}

interface Kept<Plan, Each> {
  run: Each;
  readonly stopper: AbortController;
  readonly startedAt: number;
  /** Of a plan that is done; taken by whoever carries it out. */
  plan: Plan | null;
  ended: Promise<void>;
}

type Begun = 'id' | 'state' | 'done' | 'of' | 'counts';

/** What a person looked at longer ago is looked at anew. */
const KEPT_MS = 3_600_000;
const MOST_RUNNING = 4;
const MOST_KEPT = 50;

/**
 * Plans, and their carrying out, of this process: what a person has not seen is not done, so only a plan that is here can be carried out, once. A console that was restarted
 * has none: what was done by then is, and the rest is planned anew.
 */
export class Runs<Plan extends { readonly counts: Counts }, Counts, Each extends Run<Counts>> {
  private readonly kept = new Map<string, Kept<Plan, Each>>();

  constructor(private readonly failed: (error: unknown) => void) {}

  /** Null where so many are running that another would only slow them. */
  plan(what: Omit<Each, Begun>, work: (watched: Watched) => Promise<Plan>): Each | null {
    return this.begin(what, async (kept, watched) => {
      const plan = await work(watched);
      if (!watched.signal.aborted) kept.plan = plan;
      return plan.counts;
    });
  }

  /** Carries out that plan; null where there is none of that id that is done and was not carried out yet, or so many are running. */
  carryOut(id: string, whatOf: (planned: Each) => Omit<Each, Begun>, work: (plan: Plan, watched: Watched) => Promise<Counts>): Each | null {
    const planned = this.kept.get(id);
    const plan = planned?.plan ?? null;
    if (planned === undefined || plan === null) return null;
    const run = this.begin(whatOf(planned.run), (_, watched) => work(plan, watched));
    if (run !== null) planned.plan = null;
    return run;
  }

  /** What is carried out now, whoever began it. */
  underWay(): readonly Each[] {
    return [...this.kept.values()].map(({ run }) => run).filter(({ does, state }) => does !== 'plan' && state === 'running');
  }

  find(id: string): Each | null {
    return this.kept.get(id)?.run ?? null;
  }

  /** Begins nothing further. What it has done stays done. */
  stop(id: string): Each | null {
    const found = this.kept.get(id);
    if (found === undefined) return null;
    found.stopper.abort();
    return found.run;
  }

  async stopAll(): Promise<void> {
    const all = [...this.kept.values()];
    for (const { stopper } of all) stopper.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  private begin(what: Omit<Each, Begun>, work: (kept: Kept<Plan, Each>, watched: Watched) => Promise<Counts>): Each | null {
    this.forgetOld();
    if ([...this.kept.values()].filter(({ run }) => run.state === 'running').length >= MOST_RUNNING) return null;
    const run = { ...what, id: randomUUID(), state: 'running', done: 0, of: 0, counts: null } as unknown as Each;
    const kept: Kept<Plan, Each> = { run, stopper: new AbortController(), startedAt: Date.now(), plan: null, ended: Promise.resolve() };
    const change = (changes: Partial<Run<Counts>>): void => {
      kept.run = { ...kept.run, ...changes };
    };
    const { signal } = kept.stopper;
    kept.ended = work(kept, { progress: (done, of) => change({ done, of }), signal }).then(
      (counts) => change({ counts, state: signal.aborted && kept.run.done < kept.run.of ? 'stopped' : 'done' }),
      (error: unknown) => {
        this.failed(error);
        change({ state: 'failed' });
      },
    );
    this.kept.set(run.id, kept);
    return run;
  }

  private forgetOld(): void {
    const ended = [...this.kept].filter(([, { run }]) => run.state !== 'running');
    const tooMany = ended.slice(0, Math.max(0, ended.length - MOST_KEPT));
    const tooOld = ended.filter(([, { startedAt }]) => Date.now() - startedAt > KEPT_MS);
    for (const [id] of [...tooMany, ...tooOld]) this.kept.delete(id);
  }
}
