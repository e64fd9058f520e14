import { authorOf, conflictFields, decisionsOf, previewOfStored, problemsOf, type StoredConflict, shownOf, standingOf } from '@sync-hub/conflicts';
import type {
  ConflictAnswer,
  ConflictAnswered,
  ConflictDesk,
  ConflictDetail,
  ConflictDismissal,
  ConflictFilter,
  ConflictList,
  ConflictPreview,
  SiteId,
} from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import type {
  ConflictAnswerRepository,
  ConflictOverviewRepository,
  ConflictRow,
  Database,
  DecisionRepository,
  SnapshotRepository,
} from '@sync-hub/persistence';
import { z } from 'zod';
import { type PatientPages, patientToLookUp } from './patient-pages.js';

/** What a desk stands on. */
export interface DeskParts {
  readonly database: Database;
  readonly overview: ConflictOverviewRepository;
  readonly answers: ConflictAnswerRepository;
  readonly decisions: DecisionRepository;
  readonly snapshots: SnapshotRepository;
  /** Puts on the bus what was said; a desk without a bus leaves it in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
  /** How people know a site. */
  readonly titleOf: (site: SiteId) => string;
  readonly patientPage: PatientPages;
}

interface Loaded {
  readonly row: ConflictRow;
  readonly conflict: StoredConflict;
  readonly detail: Pick<ConflictDetail, 'conflict' | 'notes'>;
}

const IS_ID = z.uuid();

type Refusal = Exclude<ConflictAnswered, { kind: 'taken' }>;

/** The conflicts of this hub, for people: asked by the console, the command line and other instances. */
export class HubConflictDesk implements ConflictDesk {
  constructor(private readonly parts: DeskParts) {}

  async list(filter: ConflictFilter): Promise<ConflictList> {
    return this.parts.overview.list(filter);
  }

  async find(id: string): Promise<ConflictDetail | null> {
    const loaded = await this.load(id);
    if (loaded === null) return null;
    const { row, conflict, detail } = loaded;
    const shown = shownOf(conflict);
    return {
      ...detail,
      titles: { parent: this.parts.titleOf(row.parent), child: this.parts.titleOf(row.child) },
      fields: conflictFields(conflict),
      authors: { parent: authorOf(conflict.parent, shown), child: authorOf(conflict.child, shown) },
      dashboards: await this.dashboards(row, conflict),
      ...(row.others === null ? {} : { takesAlong: row.others }),
      takesAnother: true,
    };
  }

  async preview(id: string, answer: ConflictAnswer): Promise<ConflictPreview | Refusal> {
    const loaded = await this.load(id);
    const refusal = refusalOf(loaded, answer);
    if (loaded === null || refusal !== null) return refusal ?? NOT_THERE;
    return previewOfStored(loaded.conflict, answer.choices, loaded.row);
  }

  async answer(id: string, answer: ConflictAnswer, by: string): Promise<ConflictAnswered> {
    if (answer.id !== undefined && (await this.parts.overview.isGiven(id, answer.id))) return { kind: 'taken', answerId: answer.id };
    const loaded = await this.load(id);
    const refusal = refusalOf(loaded, answer);
    if (loaded === null || refusal !== null) return refusal ?? NOT_THERE;
    const { id: given, note, unlessAnswered = false } = answer;
    const act = { by, unlessAnswered, ...(note === undefined ? {} : { note }), ...(given === undefined ? {} : { id: given }) };
    const answerId = await this.commit((tx) => this.parts.answers.give(tx, loaded.row, decisionsOf(loaded.conflict, answer.choices), act));
    if (answerId !== null) return { kind: 'taken', answerId };
    return refusalOf(await this.load(id), answer) ?? { kind: 'stale', version: loaded.row.versions };
  }

  async assign(id: string, owner: string, by: string): Promise<boolean> {
    return this.commit((tx) => this.parts.answers.assign(tx, id, owner === '' ? null : owner, { by }));
  }

  async note(id: string, text: string, by: string): Promise<boolean> {
    return this.commit((tx) => this.parts.answers.note(tx, id, { by, note: text }));
  }

  async dismiss(id: string, { reason, version }: ConflictDismissal, by: string): Promise<boolean> {
    const loaded = await this.load(id);
    return loaded !== null && this.commit((tx) => this.parts.answers.dismiss(tx, loaded.row, { by, note: reason, version }));
  }

  private async dashboards({ parent, child }: ConflictRow, conflict: StoredConflict): Promise<ConflictDetail['dashboards']> {
    const patient = patientToLookUp(conflict.parent) ?? patientToLookUp(conflict.child);
    if (patient === null) return { parent: null, child: null };
    const [there, here] = await Promise.all([this.parts.patientPage(parent, patient), this.parts.patientPage(child, patient)]);
    return { parent: there, child: here };
  }

  private async commit<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { result, said } = await this.parts.database.transaction(work);
    await this.parts.send(said);
    return result;
  }

  private async load(id: string): Promise<Loaded | null> {
    const found = IS_ID.safeParse(id).success ? await this.parts.overview.find(id) : null;
    if (found === null) return null;
    const { row, agreement, summary, notes } = found;
    const record = { aggregate: row.aggregate, uuid: row.uuid };
    const [parent, child, decisions] = await Promise.all([
      this.parts.snapshots.read(row.parent_snapshot),
      this.parts.snapshots.read(row.child_snapshot),
      this.parts.decisions.decisionsFor(row.link, record),
    ]);
    const category = parent.presence === 'absent' ? child.category : parent.category;
    const standing = summary.state === 'answered' ? decisions : standingOf(row.reason, decisions);
    const conflict: StoredConflict = { category, reason: row.reason, fields: row.fields, agreement, parent, child, decisions: standing };
    return { row, conflict, detail: { conflict: summary, notes } };
  }
}

const NOT_THERE: Refusal = { kind: 'closed', as: 'not-there' };

/** Why an answer is not taken; null where it can be. */
function refusalOf(loaded: Loaded | null, answer: ConflictAnswer): Refusal | null {
  if (loaded === null) return NOT_THERE;
  const { row, conflict } = loaded;
  if (row.closed_at !== null) return { kind: 'closed', as: row.closed_as ?? 'closed' };
  if (row.versions !== answer.version) return { kind: 'stale', version: row.versions };
  const problems = problemsOf(conflict, answer.choices);
  return problems.length > 0 ? { kind: 'invalid', problems } : null;
}
