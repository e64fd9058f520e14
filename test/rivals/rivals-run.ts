import { setTimeout as pause } from 'node:timers/promises';
import { type RestError, type Simulator, type SimulatorState, sampleData } from '@sync-hub/openmrs-simulator';
import { account } from '../convergence/account.js';
import { contentsOf, NOTHING_HELD, type RecordKey } from '../convergence/content.js';
import { HubDatabase, type KeptConflict } from '../convergence/hub-database.js';
import { type Edit, Ledger } from '../convergence/ledger.js';
import { RivalEdits, type Rivals } from '../convergence/rival-edits.js';
import { storyOf } from '../convergence/story.js';
import { type PipelineOnSimulators, pipelineOnSimulators } from '../pipeline/on-simulators.js';
import type { Deed, Made, Rival, Subject, Word } from './deeds.js';

export type Direction = 'push' | 'pull';

/** One rival edit at one gap: just before or after the server of the target handles the request of that number about the record. */
export interface Gap {
  readonly subject: Subject;
  readonly direction: Direction;
  readonly rival: Rival;
  readonly request: number;
  readonly moment: 'before' | 'after';
  /** Is the rival edit of a later second than what was asked before it? Servers keep time in seconds. */
  readonly inOtherSecond: boolean;
}

interface Tried extends Gap {
  readonly made: Made;
  seen: number;
  rivalEdit: Edit | null;
  refused: boolean;
  isTried: boolean;
}

const SECOND = 1000;

/** A hub between a parent and a child, and people who edit at the very moment at which it reads and writes. */
export class RivalsRun {
  private words = 0;
  private tried: Tried[] = [];

  private readonly ledger = new Ledger();
  private readonly hub: HubDatabase;

  private constructor(
    private readonly pipeline: PipelineOnSimulators,
    private readonly atFirst: ReadonlySet<RecordKey>,
  ) {
    this.hub = HubDatabase.of(pipeline.hub);
  }

  static async start(): Promise<RivalsRun> {
    const pipeline = await pipelineOnSimulators({ sites: { central: '2.8', kisumu: '2.8' }, care: true, lists: true });
    const { locations } = sampleData('central', 6);
    pipeline.simulators[0]?.load({ locations, patients: [] });
    return new RivalsRun(pipeline, new Set(pipeline.simulators.flatMap((site) => [...contentsOf(site.state()).keys()])));
  }

  stop(): Promise<void> {
    return this.pipeline.stop();
  }

  /** How many requests about the record its target handles from an edit at the source until all is at rest. */
  async requestsOf(subjects: readonly Subject[]): Promise<ReadonlyMap<string, number>> {
    const directions: readonly Direction[] = ['push', 'pull'];
    const counts = new Map<string, number>();
    const all = subjects.flatMap((subject) => directions.map((direction) => ({ subject, direction, made: this.make(subject) })));
    await this.pipeline.settle(240_000);
    for (const one of this.sites()) {
      one.faults.beside = ({ path }, moment) => {
        for (const { subject, direction, made } of moment === 'before' ? all : [])
          if (this.targetOf(direction) === one && made.uuids.some((uuid) => path.includes(uuid)))
            counts.set(keyOf(subject, direction), (counts.get(keyOf(subject, direction)) ?? 0) + 1);
      };
    }
    for (const { subject, direction, made } of all) this.edit(this.sourceOf(direction), subject.name, subject.ours, made);
    await this.pipeline.settle(240_000);
    for (const site of this.sites()) site.faults.beside = null;
    return counts;
  }

  /** Each rival edit at its gap, all at once. */
  async tryAll(gaps: readonly Gap[]): Promise<void> {
    this.tried = gaps.map((gap) => ({ ...gap, made: this.make(gap.subject), seen: 0, rivalEdit: null, refused: false, isTried: false }));
    await this.pipeline.settle(240_000);
    for (const site of this.sites()) site.faults.beside = ({ path }, moment) => this.pass(site, path, moment);
    for (const { subject, direction, made } of this.tried) this.edit(this.sourceOf(direction), subject.name, subject.ours, made);
    await this.pipeline.settle(240_000);
    for (const site of this.sites()) site.faults.beside = null;
  }

  private async pass(site: Simulator, path: string, moment: 'before' | 'after'): Promise<void> {
    const one = this.tried.find(({ direction, made }) => this.targetOf(direction) === site && made.uuids.some((uuid) => path.includes(uuid)));
    if (one === undefined) return;
    if (moment === 'before') one.seen += 1;
    if (one.seen - 1 !== one.request || one.moment !== moment || one.isTried) return;
    one.isTried = true;
    if (one.inOtherSecond) await pause(SECOND - ((Date.now() + site.faults.clockSkewMs) % SECOND));
    one.rivalEdit = this.edit(site, one.rival, one.subject.rivals[one.rival]!, one.made);
    one.refused = one.rivalEdit === null;
  }

  /** What came of them: how many of each, and all that is lost, with the stories of it; nothing, if all is well. */
  async outcome(): Promise<{ readonly came: ReadonlyMap<string, number>; readonly faults: string }> {
    const { hub, ledger } = this;
    const conflicts = await hub.conflicts();
    const told = new Set(conflicts.filter(({ overwritten }) => overwritten.length > 0).map(({ record }) => record));
    const beside = await RivalEdits.of(this.sites(), hub);
    const undone = new Set<number>();
    const rivals: Rivals = {
      wroteInSecondOf: (moment, site, record) => beside.wroteInSecondOf(moment, site, record),
      isBeside: (edit) => beside.isBeside(edit),
      // What nobody could see is not lost where a person is told that there was something.
      isUndone: (edit, change) => {
        if (beside.isUndone(edit, change)) undone.add(edit.n);
        return undone.has(edit.n) && told.has(edit.record);
      },
    };
    const faults = await account({ sites: this.sites(), edits: ledger.edits, hub, rivals, atFirst: this.atFirst });
    const lost = lossesIn(faults);
    const came = new Map<string, number>();
    for (const one of this.tried) {
      const what = this.whatCameOf(one, { conflicts, told, undone });
      came.set(what, (came.get(what) ?? 0) + 1);
    }
    return { came, faults: [...lost, ...(await this.storiesOf(lost))].join('\n\n') };
  }

  private whatCameOf(
    { rivalEdit, refused, made }: Tried,
    { conflicts, told, undone }: { readonly conflicts: readonly KeptConflict[]; readonly told: ReadonlySet<RecordKey>; readonly undone: ReadonlySet<number> },
  ): string {
    if (rivalEdit === null) return refused ? 'nothing to change, or refused there' : 'not reached';
    if (undone.has(rivalEdit.n)) return told.has(made.record) ? 'overwritten, and told of' : 'overwritten, and lost';
    return conflicts.some(({ record }) => record === made.record) ? 'asked about' : 'merged';
  }

  private storiesOf(faults: readonly string[]): Promise<readonly string[]> {
    const records = [...new Set(faults.flatMap((fault) => /[a-z]+\/[0-9a-f]{8}-[A-Za-z0-9-]+/.exec(fault)?.[0] ?? []))];
    return Promise.all(
      records.slice(0, 3).map(async (record) => {
        const one = this.tried.find(({ made }) => made.record === record);
        const gap =
          one === undefined
            ? ''
            : `${one.subject.name}, ${one.direction}, ${one.rival} ${one.moment} request ${one.request}${one.inOtherSecond ? ', a second later' : ''}`;
        return `${gap}\n${await storyOf(record, { hub: this.hub, edits: this.ledger.edits, sites: this.sites() })}`;
      }),
    );
  }

  private make(subject: Subject): Made {
    const word = this.word();
    const { clinician } = this.parent;
    const made = subject.make(clinician, word);
    this.unwritten.push(made);
    return made;
  }

  private readonly unwritten: Made[] = [];

  /** What was made since is written down: all at once, since nobody has touched it. */
  private writeMade(): void {
    if (this.unwritten.length === 0) return;
    const contents = contentsOf(this.parent.state());
    const made = this.unwritten.splice(0).flatMap(({ uuids }) => uuids);
    for (const [record, after] of contents)
      if (made.some((uuid) => record.endsWith(uuid))) this.ledger.write({ site: 'central', record, what: 'made', before: NOTHING_HELD, after });
  }

  private edit(site: Simulator, what: string, deed: Deed, made: Made): Edit | null {
    this.writeMade();
    const stateBefore: SimulatorState = site.state();
    try {
      const also = deed({ at: site.clinician, state: stateBefore, made, word: this.word() }) ?? [];
      const [before, after] = [contentsOf(stateBefore), contentsOf(site.state())];
      const write = (record: RecordKey): Edit | null =>
        this.ledger.write({ site: site.id, record, what, before: before.get(record) ?? NOTHING_HELD, after: after.get(record) ?? NOTHING_HELD });
      const edits = [made.record, ...also].map(write);
      return edits.find((edit) => edit !== null) ?? null;
    } catch (error) {
      if ((error as RestError).name === 'RestError' || (error as Error).constructor.name === 'RestError') return null;
      throw error;
    }
  }

  private word(): Word {
    this.words += 1;
    return { n: this.words, text: `Q${String(this.words).padStart(4, '0')}R` };
  }

  private sites(): readonly Simulator[] {
    return this.pipeline.simulators;
  }

  private get parent(): Simulator {
    return this.pipeline.simulators[0]!;
  }

  private sourceOf = (direction: Direction): Simulator => this.pipeline.simulators[direction === 'pull' ? 0 : 1]!;
  private targetOf = (direction: Direction): Simulator => this.pipeline.simulators[direction === 'pull' ? 1 : 0]!;
}

/**
 * Whoever acts beside a write is asked about, having seen what we wrote or not: nobody can know. What follows an order that was voided at the other end waits
 * for it, with that as its reason (docs/status.md).
 */
function lossesIn(faults: readonly string[]): readonly string[] {
  const recordOf = (fault: string): string => fault.slice(0, fault.indexOf(':'));
  const waiting = new Set(faults.filter((fault) => fault.startsWith('order/') && fault.includes('"blockedBy":"voided"')).map(recordOf));
  return faults.filter((fault) => !fault.includes('that nobody made') && !waiting.has(recordOf(fault)));
}

export const keyOf = (subject: Subject, direction: Direction): string => `${subject.name}, ${direction}`;
