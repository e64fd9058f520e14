import { type Simulator, sampleData } from '@sync-hub/openmrs-simulator';
import { account } from '../convergence/account.js';
import { answerOne, type Shown } from '../convergence/answering.js';
import { type Content, contentsOf, NOTHING_HELD, PRESENCE, type RecordKey } from '../convergence/content.js';
import { VOIDED } from '../convergence/held.js';
import { HubDatabase, type KeptConflict, type Open } from '../convergence/hub-database.js';
import { Ledger } from '../convergence/ledger.js';
import type { Rivals } from '../convergence/rival-edits.js';
import { storyOf } from '../convergence/story.js';
import { type PipelineOnSimulators, pipelineOnSimulators } from '../pipeline/on-simulators.js';
import { acted } from './acted.js';
import type { Deed, Made, Word } from './deeds.js';
import { type Cell, type End, otherEnd, titleOf } from './deletions.js';
import { aPatient } from './people.js';

const WITHIN_MS = 300_000;
/** How often whatever is asked is answered: what a void would take along may be found out by an answer. */
const ROUNDS = 5;
const BOTH = { pull: true, push: true };
/** Whatever several edits of one case use up. */
const NUMBERS_OF_A_WORD = 4;

/** A case with its record, and every record that somebody touched in it. */
export interface Tried {
  readonly cell: Cell;
  readonly made: Made;
  readonly touched: Set<RecordKey>;
}

/** A hub between a parent and a child, at one of which records are taken away that are edited at the other. */
export class DeletionsRun {
  readonly ledger = new Ledger();
  readonly shown: Shown[] = [];
  readonly tried: Tried[];
  private words = 0;

  private constructor(
    readonly pipeline: PipelineOnSimulators,
    readonly hub: HubDatabase,
    private readonly atFirst: ReadonlySet<RecordKey>,
    cells: readonly Cell[],
  ) {
    this.tried = cells.map((cell) => this.make(cell));
  }

  /** All records are at both ends, and agreed. */
  static async start(cells: readonly Cell[]): Promise<DeletionsRun> {
    const pipeline = await pipelineOnSimulators({
      sites: { central: '2.8', kisumu: '2.8' },
      care: true,
      lists: true,
      classes: { visittype: BOTH },
      publishes: ['visittype'],
    });
    pipeline.simulators[0]?.load({ locations: sampleData('central', 6).locations, patients: [] });
    const atFirst = new Set(pipeline.simulators.flatMap((site) => [...contentsOf(site.state()).keys()]));
    const run = new DeletionsRun(pipeline, HubDatabase.of(pipeline.hub), atFirst, cells);
    await pipeline.settle(WITHIN_MS);
    return run;
  }

  stop(): Promise<void> {
    return this.pipeline.stop();
  }

  /** Everybody acts, in three rounds, by whose acts the hub hears of first; none has heard of the other. */
  async live(): Promise<void> {
    for (const first of ['parent', 'child', null] as const) {
      for (const one of this.tried.filter(({ cell }) => heardFirst(cell) === first)) this.actOn(one);
      if (first !== null) {
        await this.pipeline.readFeeds(this.site(first).id);
        await this.pipeline.atRest(WITHIN_MS);
      }
      await this.pipeline.settle(WITHIN_MS);
    }
  }

  private make(cell: Cell): Made & Tried {
    const { clinician } = this.site('parent');
    const touched = new Set<RecordKey>();
    const made = this.noting(touched, this.site('parent'), 'made', () => {
      const own = cell.kind.make(clinician, this.word());
      if (cell.deletion !== 'a merge') return own;
      const survivor = String(aPatient(clinician, this.word()).parts['patient']);
      return { ...own, parts: { ...own.parts, survivor } };
    });
    return { ...made, cell, made, touched };
  }

  private actOn({ cell, ...one }: Tried): void {
    this.act(cell.deletedAt, { what: cell.deletion, deed: cell.kind.deletions[cell.deletion]!, ...one });
    this.act(otherEnd(cell.deletedAt), { what: cell.edit, deed: cell.kind.edits[cell.edit]!, ...one });
  }

  private act(end: End, { what, deed, made, touched }: { readonly what: string; readonly deed: Deed } & Pick<Tried, 'made' | 'touched'>): void {
    const site = this.site(end);
    const scene = {
      at: site.clinician,
      get state() {
        return site.state();
      },
      made,
      word: this.word(),
    };
    this.noting(touched, site, what, () => void deed(scene));
  }

  private noting<Done>(touched: Set<RecordKey>, site: Simulator, what: string, act: () => Done): Done {
    const from = this.ledger.edits.length;
    const done: Done[] = [];
    acted(this.ledger, site, what, () => done.push(act()), contentsAt);
    for (const { record } of this.ledger.edits.slice(from)) touched.add(record);
    return done[0]!;
  }

  /** Answers whatever is asked as each case says, until nobody is asked any more. Whoever was merged away is no question of values (docs/adr/0121). */
  async answer(): Promise<void> {
    this.mergeAtOtherEnds();
    const desk = this.pipeline.hub.conflictDesk();
    for (let round = 0; round < ROUNDS; round += 1) {
      await this.pipeline.settle(WITHIN_MS);
      const asked = (await this.hub.conflicts()).map((conflict) => ({ conflict, cell: this.caseOf(conflict.record)?.cell }));
      const answerable = asked.filter(({ cell }) => cell !== undefined && cell.deletion !== 'a merge');
      if (answerable.length === 0) return;
      for (const { conflict, cell } of answerable) {
        const shown = await answerOne(desk, conflict, cell!.answer === 'it lives' ? otherEnd(cell!.deletedAt) : cell!.deletedAt);
        if (shown !== null) this.shown.push(shown);
      }
    }
  }

  /** What was merged at one end is merged at the other by somebody there: no REST does it. */
  private mergeAtOtherEnds(): void {
    for (const { cell, made, touched } of this.tried.filter(({ cell }) => cell.deletion === 'a merge' && cell.answer === 'it is deleted'))
      this.act(otherEnd(cell.deletedAt), { what: 'the same merge', deed: cell.kind.deletions['a merge']!, made, touched });
  }

  caseOf(record: RecordKey): Tried | undefined {
    return this.tried.find(({ made, touched }) => made.record === record || touched.has(record));
  }

  /** What of a record stands at an end; what is erased is gone. */
  heldAt(end: End, record: RecordKey): Content {
    const held = contentsAt(this.site(end)).get(record);
    return held ?? (this.ledger.of(record).length > 0 ? VOIDED : NOTHING_HELD);
  }

  /** Everything that is lost, doubled, brought back, or held for no reason that is known. */
  faults(): Promise<readonly string[]> {
    return account({
      sites: this.pipeline.simulators,
      edits: this.ledger.edits,
      hub: this.hub,
      rivals: NOBODY,
      atFirst: this.atFirst,
      shown: this.shown,
    });
  }

  /** The stories of a few records that faults are of. */
  async told(faults: readonly string[]): Promise<string> {
    const records = [...new Set(faults.flatMap((fault) => /[a-z]+\/[0-9a-f]{8}-[A-Za-z0-9-]+/.exec(fault)?.[0] ?? []))];
    const stories = await Promise.all(
      records.slice(0, 3).map(async (record) => {
        const one = this.caseOf(record);
        const story = await storyOf(record, { hub: this.hub, edits: this.ledger.edits, sites: this.pipeline.simulators });
        return `${one === undefined ? '' : titleOf(one.cell)}\n${story}`;
      }),
    );
    return [...faults, ...stories].join('\n');
  }

  async standing(): Promise<{ readonly conflicts: readonly KeptConflict[]; readonly open: readonly Open[] }> {
    return { conflicts: await this.hub.conflicts(), open: await this.hub.open() };
  }

  site(end: End): Simulator {
    return this.pipeline.simulators[end === 'parent' ? 0 : 1]!;
  }

  private word(): Word {
    this.words += NUMBERS_OF_A_WORD;
    return { n: this.words, text: `Q${String(this.words).padStart(4, '0')}D` };
  }
}

const NOBODY: Rivals = { wroteInSecondOf: () => false, isBeside: () => false, isUndone: () => false };

/** The end whose feed is read first; neither, where both are read at once. */
function heardFirst({ heard, deletedAt }: Cell): End | null {
  if (heard === 'both at once') return null;
  return heard === 'the deletion first' ? deletedAt : otherEnd(deletedAt);
}

/** What people see at a site, metadata of no record too. */
function contentsAt(site: Simulator): ReadonlyMap<RecordKey, Content> {
  const types = site.metadata('visittype').map(({ uuid, gone, values }): [RecordKey, Content] => {
    const [name, description] = ['name', 'description'].map((key) => String(values[key] ?? ''));
    return [
      `visittype/${uuid}`,
      gone
        ? VOIDED
        : new Map([
            [PRESENCE, 'present'],
            ['name', name!],
            ['description', description!],
          ]),
    ];
  });
  return new Map([...contentsOf(site.state()), ...types]);
}
