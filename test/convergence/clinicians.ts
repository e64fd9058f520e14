import { RestError, type Simulator, type SimulatorState } from '@sync-hub/openmrs-simulator';
import type { Act, Carried, KeepsCare, Undo } from './act.js';
import { actsOf, type Work } from './acts.js';
import { comesToLight, isBahmni, patientsOnly } from './bahmni.js';
import { keepsCare } from './care-scene.js';
import { contentsOf, type Known, NOTHING_HELD, PRESENCE, type RecordKey } from './content.js';
import { type Edit, Ledger } from './ledger.js';
import { sharedLists } from './list-content.js';
import { Random } from './random.js';

export interface CliniciansOptions {
  readonly seed: string;
  readonly sites: readonly Simulator[];
  /** Records of which a tenth of the edits are; as many as are there. */
  readonly hot: readonly RecordKey[];
  readonly work: Work;
}

/** What can be taken back at a site, as long as it still stands. */
interface Done {
  readonly edit: Edit;
  readonly undo: Undo;
}

const HOT_SHARE = 0.1;
const UNDO_SHARE = 0.12;
/** How far back people take back what they did. */
const REMEMBERED = 12;

/** People at all sites, who change records at random; the same seed makes the same people. */
export class Clinicians {
  readonly ledger = new Ledger();
  readonly refused: string[] = [];
  readonly #random: Random;
  readonly #done = new Map<string, Done[]>();
  readonly #acts: Readonly<Record<string, Act>>;
  readonly #ownAtFirst: ReadonlyMap<string, ReadonlySet<string>>;
  #known: (site: string) => Known = () => (record) => record.slice(record.indexOf('/') + 1);
  #tokens = 0;

  constructor(private readonly options: CliniciansOptions) {
    this.#acts = actsOf(options.work);
    this.#random = new Random(options.seed);
    this.#ownAtFirst = new Map(options.sites.map((site) => [site.id, new Set(site.state().people.map(({ uuid }) => uuid))]));
  }

  /** What the sites call the records of others: people go by what a patient is known as everywhere. */
  learn(known: (site: string) => Known): void {
    this.#known = known;
  }

  #keepsCare({ id, profile }: Simulator): KeepsCare {
    return (uuid) => {
      const everywhere = this.#known(id)(`person/${uuid}`);
      const isOwn = this.#ownAtFirst.get(id)?.has(uuid) === true || this.ledger.edits.some((edit) => edit.site === id && edit.record === `person/${uuid}`);
      return everywhere === uuid && !isOwn && !profile.takesUuid ? null : keepsCare(everywhere);
    };
  }

  /** One edit by somebody, somewhere. What a server refuses is not an edit, and another is made. */
  edit(): Edit {
    for (;;) {
      const site = this.#random.pick(this.options.sites)!;
      const edit = this.#editAt(site);
      if (edit !== null) return edit;
    }
  }

  /** So many edits of the same record at different sites at the same moment. */
  race(): readonly Edit[] {
    const recordAt = this.#hotRecord();
    return this.options.sites.flatMap((site) => {
      if (this.#random.chance(0.3)) return [];
      const edit = this.#editRecord(site, recordAt(site));
      return edit === null ? [] : [edit];
    });
  }

  /** One of those that are hot or, where lists are kept, mostly any of these that more than one site has, by what each site calls it. */
  #hotRecord(): (site: Simulator) => RecordKey | undefined {
    const record = this.#random.pick(this.options.hot);
    if (this.options.work !== 'lists' || this.#random.chance(HOT_SHARE)) return () => record;
    const shared = sharedLists(this.options.sites, this.#known);
    const kind = this.#random.pick([...shared.keys()]);
    const names = kind === undefined ? undefined : this.#random.pick(shared.get(kind) ?? []);
    return ({ id }) => names?.get(id);
  }

  #editAt(site: Simulator): Edit | null {
    const chance = this.#random.next();
    if (chance < UNDO_SHARE) return this.#takeBack(site);
    if (chance < UNDO_SHARE + HOT_SHARE) return this.#editRecord(site, this.#hotRecord()(site));
    return this.#carryOut(
      site,
      this.#anAct(site, () => true),
      null,
    );
  }

  #editRecord(site: Simulator, record: RecordKey | undefined): Edit | null {
    if (record === undefined) return null;
    return this.#carryOut(
      site,
      this.#anAct(site, ({ on }) => record.startsWith(`${on}/`)),
      record,
    );
  }

  #anAct({ profile }: Simulator, fits: (act: Act) => boolean): Act | null {
    const isTold = (act: Act): boolean => (act.needs?.(profile) ?? true) && (!isBahmni(profile) || comesToLight(act));
    const fitting = Object.entries(this.#acts).filter(([, act]) => fits(act) && isTold(act));
    if (fitting.length === 0) return null;
    return this.#acts[this.#random.weighted(Object.fromEntries(fitting.map(([name, { weight }]) => [name, weight])))]!;
  }

  #carryOut(site: Simulator, act: Act | null, record: RecordKey | null): Edit | null {
    if (act === null) return null;
    const before = site.state();
    const keeps = this.#keepsCare(site);
    const chosen = act.choose(isBahmni(site.profile) ? patientsOnly(before) : before, this.#random, record, keeps);
    if (chosen === null) return null;
    this.#tokens += 1;
    const token = `Q${String(this.#tokens).padStart(4, '0')}${this.options.seed.replace(/[^A-Za-z0-9]/g, '').toUpperCase()}`;
    return this.#write(site, before, act.name, () =>
      act.carryOut({ at: site.clinician, state: before, record: chosen, random: this.#random, keepsCare: keeps, token }),
    );
  }

  /** The last thing done here that still stands, or one of the last. */
  #takeBack(site: Simulator): Edit | null {
    const done = this.#done.get(site.id) ?? [];
    const chosen = this.#random.chance(0.5) ? done.at(-1) : this.#random.pick(done);
    if (chosen === undefined) return null;
    this.#done.set(
      site.id,
      done.filter((one) => one !== chosen),
    );
    const before = site.state();
    const held = contentsOf(before).get(chosen.edit.record) ?? NOTHING_HELD;
    if (chosen.edit.changes.some(({ path, typed }) => held.get(path) !== typed)) return null;
    if (held.get(PRESENCE) !== chosen.edit.after.get(PRESENCE)) return null;
    return this.#write(site, before, 'undo', () => {
      chosen.undo();
      return { record: chosen.edit.record, undo: null };
    });
  }

  #write(site: Simulator, stateBefore: SimulatorState, what: string, act: () => Carried): Edit | null {
    try {
      const { record, also = [], undo } = act();
      const [before, after] = [contentsOf(stateBefore), contentsOf(site.state())];
      const write = (of: RecordKey): Edit | null =>
        this.ledger.write({ site: site.id, record: of, what, before: before.get(of) ?? NOTHING_HELD, after: after.get(of) ?? NOTHING_HELD });
      const edit = write(record);
      for (const other of also) write(other);
      if (edit !== null && undo !== null) this.#done.set(site.id, [...(this.#done.get(site.id) ?? []), { edit, undo }].slice(-REMEMBERED));
      return edit;
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      this.refused.push(what);
      return null;
    }
  }
}
