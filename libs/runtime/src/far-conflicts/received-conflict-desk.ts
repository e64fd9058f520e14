import { countsOf, isAskedFor, previewOfDetail, problemsOfAnswer } from '@sync-hub/conflicts';
import type {
  ConflictAct,
  ConflictAnswer,
  ConflictAnswered,
  ConflictDesk,
  ConflictDetail,
  ConflictDismissal,
  ConflictFilter,
  ConflictList,
  ConflictNote,
  ConflictPreview,
  ConflictSummary,
} from '@sync-hub/contracts';
import type { ReceivedAct, ReceivedConflict, ReceivedConflictRepository } from '@sync-hub/persistence';
import { z } from 'zod';

const IS_ID = z.uuid();
const NOT_THERE = { kind: 'closed', as: 'not-there' } as const;
const CLOSED: readonly string[] = ['resolved', 'dismissed'];

/** Who receives, and from whom. */
export interface Receiving {
  readonly instance: string;
  readonly origins: readonly string[];
}

type Refusal = Exclude<ConflictAnswered, { kind: 'taken' }>;

/** The conflicts of the instances that report here. What is done to one waits until its instance fetches it; the same rules hold there, and the ends are looked at there. */
export class ReceivedConflictDesk implements ConflictDesk {
  constructor(
    private readonly received: ReceivedConflictRepository,
    private readonly receiving: () => Receiving,
  ) {}

  async list(filter: ConflictFilter): Promise<ConflictList> {
    const withClosed = (filter.states ?? []).some((state) => CLOSED.includes(state));
    const all = await this.received.list(this.receiving().origins, withClosed);
    const asked = all.map(({ origin, summary, isAnswered }) => shown(origin, summary, isAnswered)).filter((summary) => isAskedFor(filter, summary));
    return { conflicts: asked.slice(filter.offset, filter.offset + filter.limit), counts: countsOf(asked) };
  }

  async find(id: string): Promise<ConflictDetail | null> {
    const found = await this.load(id);
    if (found === null) return null;
    const { origin, summary, detail, acts } = found;
    const isAnswered = found.closedAt === null && acts.some(isPending);
    const conflict = shown(origin, summary, isAnswered);
    if (detail === null) return { ...untold(conflict), notes: notesOf(acts) };
    // The version is that of the values: an answer says what it has seen.
    return {
      ...detail,
      conflict: { ...conflict, version: detail.conflict.version },
      notes: [...detail.notes, ...notesOf(acts)].sort((a, b) => (a.at < b.at ? -1 : 1)),
      takesAnother: !isAnswered,
    };
  }

  async preview(id: string, answer: ConflictAnswer): Promise<ConflictPreview | Refusal> {
    const found = await this.load(id);
    return refusalOf(found, answer) ?? (found?.detail ? previewOfDetail(found.detail, answer) : NOT_THERE);
  }

  async answer(id: string, answer: ConflictAnswer, by: string): Promise<ConflictAnswered> {
    const found = await this.load(id);
    const refusal = refusalOf(found, answer);
    if (found === null || refusal !== null) return refusal ?? NOT_THERE;
    const { unlessAnswered = false, ...told } = answer;
    const act = await this.act(found, { does: 'answer', answer: told, unlessAnswered }, by, answer.id);
    if (act !== null) return { kind: 'taken', answerId: act };
    const now = await this.load(id);
    return refusalOf(now, answer) ?? { kind: 'stale', version: now?.summary.version ?? answer.version };
  }

  async assign(id: string, owner: string, by: string): Promise<boolean> {
    return this.does(id, { does: 'assign', owner }, by);
  }

  async note(id: string, text: string, by: string): Promise<boolean> {
    return this.does(id, { does: 'note', text }, by);
  }

  async dismiss(id: string, { reason, version }: ConflictDismissal, by: string): Promise<boolean> {
    const found = await this.load(id);
    if (found === null || (version ?? found.summary.version) !== found.summary.version) return false;
    return (await this.act(found, { does: 'dismiss', reason, version: found.summary.version }, by)) !== null;
  }

  private async does(id: string, act: ConflictAct, by: string): Promise<boolean> {
    const found = await this.load(id);
    return found !== null && (await this.act(found, act, by)) !== null;
  }

  /** `by` with where they are: the clinic's own people are known by their names alone. */
  private act({ origin, summary }: ReceivedConflict, act: ConflictAct, by: string, id?: string): Promise<string | null> {
    return this.received.act({ id, origin, conflict: summary.id, version: summary.version, by: `${by}@${this.receiving().instance}`, act });
  }

  private async load(id: string): Promise<ReceivedConflict | null> {
    return IS_ID.safeParse(id).success ? this.received.find(this.receiving().origins, id) : null;
  }
}

/** With what was done here and is not known there yet. */
const shown = (origin: string, summary: ConflictSummary, isAnswered: boolean): ConflictSummary => ({
  ...summary,
  origin,
  state: isAnswered ? 'answered' : summary.state,
});

const isPending = ({ does, endedAs }: ReceivedAct): boolean => endedAs === null && (does === 'answer' || does === 'dismiss');

function refusalOf(found: ReceivedConflict | null, answer: ConflictAnswer): Refusal | null {
  if (found === null) return NOT_THERE;
  const { summary, detail, closedAt } = found;
  if (closedAt !== null) return { kind: 'closed', as: summary.state };
  if (answer.unlessAnswered === true && summary.state === 'answered') return { kind: 'stale', version: summary.version };
  if (detail === null || summary.version !== answer.version || detail.conflict.version !== answer.version) return { kind: 'stale', version: summary.version };
  return problemsOfAnswer(detail, answer);
}

/** What is not told yet, or not kept any more. */
const untold = (conflict: ConflictSummary): ConflictDetail => {
  const nobody = { who: null, label: null, at: null };
  return {
    conflict,
    titles: { parent: conflict.parent, child: conflict.child },
    fields: [],
    authors: { parent: nobody, child: nobody },
    dashboards: { parent: null, child: null },
    notes: [],
  };
};

/** What was done here and is still on its way, and what came back: an answer that came too late is shown again. */
function notesOf(acts: readonly ReceivedAct[]): readonly ConflictNote[] {
  return acts.flatMap(({ does, by, at, endedAs, endedAt }): ConflictNote[] => {
    if (endedAs === null)
      return [
        {
          at: at.toISOString(),
          by,
          what: does === 'answer' ? 'answered' : does === 'assign' ? 'assigned' : does === 'dismiss' ? 'dismissed' : 'noted',
          text: null,
        },
      ];
    const isTaken = endedAs === 'taken' || endedAs === 'done' || endedAs === 'closed';
    return isTaken || endedAt === null ? [] : [{ at: endedAt.toISOString(), by, what: 'shown-again', text: endedAs }];
  });
}
